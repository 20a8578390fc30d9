#include "document/calendar/icalendar.h"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <unordered_map>

#include "base/text.h"
#include "document/calendar/lines.h"
#include "document/calendar/series.h"
#include "document/calendar/values.h"
#include "document/calendar/version.h"

namespace tocsin::document {

namespace {

using base::Instant;

// What people's programs send each other (RFC 5546, 1.4), of which an event as a whole does not
// follow: somebody answers, asks for another time, or adds a repetition to a series.
bool is_message(std::string_view method) {
  return method == "reply" || method == "counter" || method == "declinecounter" ||
         method == "refresh" || method == "add";
}

class CalendarReader {
 public:
  CalendarReader(std::string_view file, Findings& findings, Layout layout, Damaged damaged)
      : file_(file), findings_(findings), layout_(std::move(layout)), damaged_(damaged) {
    // By default libical may abort the process on faulty input.
    icalerror_set_errors_are_fatal(0);
    layout_.fail = [this](const Place& place, std::string_view message, std::string_view hint) {
      fail({place.line, std::string{message}, std::string{hint}});
    };
  }

  Calendar read(CalendarCut& cut) {
    for (Component& component : cut.components)
      if (component.kind == Component::Kind::zone) define_zone(component);
    for (Component& component : cut.components)
      if (component.kind == Component::Kind::event)
        read_event(component, cut.calendars[component.calendar]);
    cut.components = {};
    lay_out();
    if (layout_.days == 0)
      error("too many repetitions in one file", "begin each series in this year");
    else if (layout_.too_many_events)
      error(fmt::format("more than {} events", layout_.limits.events),
            "import a shorter span of time");
    const auto stands_before = [](const Event& a, const Event& b) {
      return a.place.line < b.place.line;
    };
    std::vector<Event>& events = layout_.out.events;
    if (!std::is_sorted(events.begin(), events.end(), stands_before))
      std::stable_sort(events.begin(), events.end(), stands_before);
    return std::move(layout_.out);
  }

 private:
  void error(std::string message, std::string hint) {
    findings_.error({file_, 1, 1}, std::move(message), std::move(hint));
  }

  void fail(const Damage& damage) {
    const Place place{file_, damage.line, 1};
    if (damaged_ == Damaged::skip)
      findings_.warning(place, damage.message, "left out");
    else
      findings_.error(place, damage.message, damage.hint);
  }

  // What is not needed may be as large as it likes: a picture, a letter in HTML.
  std::string small_lines(Component& component) const {
    std::string lines = needed_lines(component);
    if (lines.size() > layout_.limits.event_bytes && !component.damage)
      component.damage = std::make_shared<Damage>(
          Damage{component.line,
                 fmt::format("one component of more than {} KB", layout_.limits.event_bytes >> 10U),
                 {}});
    return lines;
  }

  // A zone that is not sound is a fault only where it is needed.
  void define_zone(Component& component) {
    const std::string lines = small_lines(component);
    if (component.damage) return;
    const ParsedComponent parsed{icalparser_parse_string(lines.c_str())};
    if (parsed != nullptr) zones_.define(parsed.get());
  }

  void read_event(Component& component, const CalendarHead& head) {
    const std::string lines = small_lines(component);
    if (component.damage) return fail(*component.damage);
    std::optional<Damage> damage;
    auto version = reader_.read(lines, head, {file_, component.line, 1}, damage);
    if (damage) return fail(*damage);
    if (version) versions_.push_back(std::make_unique<Version>(*std::move(version)));
  }

  // The versions of each UID, in the order of the file. Without a UID, an event is one of its own,
  // unless there are changes of repetitions, which have nothing else to go by.
  std::vector<std::vector<std::size_t>> by_uid() const {
    constexpr std::size_t kMostWithoutUid = 1000;
    std::size_t without = 0;
    bool any_change = false;
    for (const auto& version : versions_) {
      if (!version->event.uid.empty()) continue;
      ++without;
      any_change = any_change || version->changes;
    }
    const bool together = any_change && without <= kMostWithoutUid;
    std::unordered_map<std::string_view, std::size_t> known;
    std::vector<std::vector<std::size_t>> groups;
    known.reserve(versions_.size());
    groups.reserve(versions_.size());
    for (std::size_t i = 0; i < versions_.size(); ++i) {
      const std::string_view uid = versions_[i]->event.uid;
      std::size_t group = groups.size();
      if (!uid.empty() || together) group = known.emplace(uid, group).first->second;
      if (group == groups.size()) groups.emplace_back();
      groups[group].push_back(i);
    }
    return groups;
  }

  void lay_out() {
    layout_.out.events.reserve(versions_.size());
    for (const std::vector<std::size_t>& group : by_uid()) {
      if (layout_.is_full()) return;
      std::vector<Version*> versions;
      for (const std::size_t i : group) versions.push_back(versions_[i].get());
      Series{std::move(versions), layout_}.lay_out();
      for (const std::size_t i : group) versions_[i].reset();  // a large file is not kept twice
    }
  }

  std::string file_;
  Findings& findings_;
  Layout layout_;
  Damaged damaged_;
  Zones zones_;
  VersionReader reader_{zones_, layout_.notes};
  std::vector<std::unique_ptr<Version>> versions_;
};

}  // namespace

Calendar read_calendar(std::string_view text, std::string_view file, Instant from, Instant until,
                       Findings& findings, CalendarLimits limits, Damaged damaged) {
  const Place start{std::string{file}, 1, 1};
  if (text.size() > limits.size_bytes) {
    findings.error(start, fmt::format("larger than {} MB", limits.size_bytes >> 20U),
                   "export a shorter span of time");
    return {};
  }
  // A line may be folded inside of a character (RFC 5545, 3.1).
  if (text.find('\0') != std::string_view::npos ||
      (!base::is_utf8(text) && !base::is_utf8(unfolded(text)))) {
    findings.error(start, "not UTF-8 text", "export the calendar again, as UTF-8");
    return {};
  }
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  auto cut = cut_calendar(text, file, findings);
  if (!cut) return {};
  for (const CalendarHead& head : cut->calendars)
    if (const std::string& method = head.method; is_message(method)) {
      findings.error(start,
                     fmt::format("METHOD:{} is a message about an event, and no rota", method),
                     "export the calendar itself");
      return {};
    }
  Notes notes;
  Layout layout{from, until, limits, {}, limits.days, notes, {}};
  Calendar calendar = CalendarReader{file, findings, std::move(layout), damaged}.read(*cut);
  notes.report(findings);
  return calendar;
}

std::vector<Event> parse_icalendar(std::string_view text, std::string_view file, Instant from,
                                   Instant until, Findings& findings, CalendarLimits limits) {
  return read_calendar(text, file, from, until, findings, limits).events;
}

}  // namespace tocsin::document
