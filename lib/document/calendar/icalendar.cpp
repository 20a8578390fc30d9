#include "document/calendar/icalendar.h"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "base/text.h"

namespace tocsin::document {

namespace {

using base::Instant;

struct FreeComponent {
  void operator()(icalcomponent* component) const noexcept { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

struct FreeZone {
  void operator()(icaltimezone* zone) const noexcept { icaltimezone_free(zone, 1); }
};
using Zone = std::unique_ptr<icaltimezone, FreeZone>;

struct FreeIterator {
  void operator()(icalrecur_iterator* iterator) const noexcept {
    icalrecur_iterator_free(iterator);
  }
};
using Iterator = std::unique_ptr<icalrecur_iterator, FreeIterator>;

// The text of one VEVENT or VTIMEZONE.
struct Block {
  std::string_view name;
  std::string_view text;
  int line;
};

std::string_view line_at(std::string_view text, std::size_t at) noexcept {
  std::string_view line = text.substr(at, std::min(text.find('\n', at), text.size()) - at);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// Cuts the calendar into blocks. Returns nothing when BEGIN and END lines do not match.
std::optional<std::vector<Block>> blocks_of(std::string_view text, std::string_view file,
                                            Findings& findings) {
  constexpr std::size_t kDeepest = 6;
  std::vector<Block> blocks;
  std::vector<std::string> open;
  std::size_t start = 0;
  int start_line = 1;
  int number = 0;
  bool any = false;
  for (std::size_t at = 0; at < text.size();) {
    ++number;
    const std::string_view line = line_at(text, at);
    const std::size_t next = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string word = line.size() < 40 ? base::to_lower(base::trim(line)) : std::string{};
    const Place place{std::string{file}, number, 1};
    if (word.starts_with("begin:")) {
      open.push_back(word.substr(6));
      any = true;
      if (open.size() > kDeepest) {
        findings.error(place, "components nested too deeply", "export the calendar again");
        return std::nullopt;
      }
      if (open.size() == 2) {
        start = at;
        start_line = number;
      }
    } else if (word.starts_with("end:")) {
      if (open.empty() || open.back() != word.substr(4)) {
        findings.error(place, fmt::format("{} without its BEGIN", base::printable(line)),
                       "the file is damaged: export the calendar again");
        return std::nullopt;
      }
      if (open.size() == 2 && open[0] == "vcalendar") {
        if (open[1] == "vevent")
          blocks.push_back({"vevent", text.substr(start, next - start), start_line});
        if (open[1] == "vtimezone")
          blocks.push_back({"vtimezone", text.substr(start, next - start), start_line});
      }
      open.pop_back();
    }
    at = next;
  }
  if (!any || !open.empty()) {
    findings.error(
        {std::string{file}, number == 0 ? 1 : number, 1},
        any ? fmt::format("END:{} is missing", base::printable(open.back()))
            : std::string{"not an iCalendar file: it has no BEGIN:VCALENDAR"},
        any ? "the file is cut off: export the calendar again" : "a file with .ics at its end");
    return std::nullopt;
  }
  return blocks;
}

std::string text_of(const char* text) {
  return text == nullptr ? std::string{} : std::string{text};
}

icalproperty* first(icalcomponent* component, icalproperty_kind kind) {
  return icalcomponent_get_first_property(component, kind);
}

// The repetition rules that a rota may have: by day, week or month, on weekdays. Others are
// refused, because a rule that matches rarely or never costs libical seconds.
bool is_plain(const icalrecurrencetype& rule) {
  const auto unset = [](short first_value) { return first_value == ICAL_RECURRENCE_ARRAY_MAX; };
  const bool frequency = rule.freq == ICAL_DAILY_RECURRENCE ||
                         rule.freq == ICAL_WEEKLY_RECURRENCE ||
                         rule.freq == ICAL_MONTHLY_RECURRENCE;
  return frequency && rule.interval >= 1 && rule.interval <= 60 && rule.rscale == nullptr &&
         unset(rule.by_second[0]) && unset(rule.by_minute[0]) && unset(rule.by_hour[0]) &&
         unset(rule.by_month_day[0]) && unset(rule.by_year_day[0]) && unset(rule.by_week_no[0]) &&
         unset(rule.by_month[0]) && unset(rule.by_set_pos[0]);
}

class CalendarReader {
 public:
  CalendarReader(std::string_view file, Instant from, Instant until, Findings& findings,
                 CalendarLimits limits)
      : file_(file), from_(from), until_(until), findings_(findings), limits_(limits) {
    // By default libical may abort the process on faulty input.
    icalerror_set_errors_are_fatal(0);
  }

  std::vector<Event> read(const std::vector<Block>& blocks) {
    for (const Block& block : blocks)
      if (block.name == "vtimezone") read_zone(block);
    // A repetition that was moved names its first instant. Collect these before any series is laid
    // out, so that the series leaves them out.
    for (const Block& block : blocks)
      if (block.name == "vevent" && block.text.size() <= limits_.event_bytes) note_moved(block);
    for (const Block& block : blocks) {
      if (block.name != "vevent") continue;
      if (!read_event(block)) break;
    }
    return std::move(events_);
  }

 private:
  void error(std::string_view message, std::string hint = {}) {
    findings_.error({file_, line_, 1}, std::string{message}, std::move(hint));
  }

  Component parse(const Block& block) {
    line_ = block.line;
    if (block.text.size() > limits_.event_bytes) {
      error(fmt::format("one component of more than {} KB", limits_.event_bytes >> 10U));
      return nullptr;
    }
    return Component{icalparser_parse_string(std::string{block.text}.c_str())};
  }

  void read_zone(const Block& block) {
    constexpr std::size_t kMost = 100;
    Component component = parse(block);
    if (component == nullptr || zones_.size() == kMost) return;
    for (icalcomponent* part =
             icalcomponent_get_first_component(component.get(), ICAL_ANY_COMPONENT);
         part != nullptr;
         part = icalcomponent_get_next_component(component.get(), ICAL_ANY_COMPONENT))
      if (icalproperty* rule = first(part, ICAL_RRULE_PROPERTY))
        if (icalproperty_get_rrule(rule).freq != ICAL_YEARLY_RECURRENCE) {
          error("a time zone whose clock changes more often than yearly");
          return;
        }
    const icalproperty* name = first(component.get(), ICAL_TZID_PROPERTY);
    if (name == nullptr) return;
    std::string id = text_of(icalproperty_get_tzid(name));
    Zone zone{icaltimezone_new()};
    if (icaltimezone_set_component(zone.get(), component.get()) == 0) return;
    static_cast<void>(component.release());  // the zone owns it now
    zones_.insert_or_assign(std::move(id), std::move(zone));
  }

  // The system's zone of that name, or else the one that the file defines.
  std::optional<icaltimezone*> zone_of(icalproperty* property) {
    icalparameter* parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    if (parameter == nullptr) return nullptr;
    const std::string id = text_of(icalparameter_get_tzid(parameter));
    if (icaltimezone* known = icaltimezone_get_builtin_timezone(id.c_str())) return known;
    if (const auto own = zones_.find(id); own != zones_.end()) return own->second.get();
    error(fmt::format("the time zone \"{}\" is neither known nor described in the file",
                      base::printable(id)),
          "Europe/London, or a VTIMEZONE of that name");
    return std::nullopt;
  }

  static Instant instant_of(icaltimetype time, icaltimezone* zone) {
    if (time.is_date != 0 || (zone == nullptr && icaltime_is_utc(time) == 0)) {
      base::Civil civil;
      civil.year = time.year;
      civil.month = time.month;
      civil.day = time.day;
      civil.hour = time.is_date != 0 ? 0 : time.hour;
      civil.minute = time.is_date != 0 ? 0 : time.minute;
      civil.second = time.is_date != 0 ? 0 : time.second;
      return base::from_local(civil);
    }
    const std::time_t seconds = icaltime_is_utc(time) != 0
                                    ? icaltime_as_timet(time)
                                    : icaltime_as_timet_with_zone(time, zone);
    return Instant{std::chrono::seconds{seconds}};
  }

  static bool is_sound(icaltimetype time) {
    return icaltime_is_null_time(time) == 0 && time.year >= 1970 && time.year <= 9998 &&
           icaltime_is_valid_time(time) != 0;
  }

  std::optional<Instant> read_time(icalproperty* property, icaltimetype time) {
    const auto zone = zone_of(property);
    if (!zone) return std::nullopt;
    if (is_sound(time)) return instant_of(time, *zone);
    error("a time that is none", "20261122T224000 or 20261122T224000Z");
    return std::nullopt;
  }

  void note_moved(const Block& block) {
    if (base::to_lower(block.text).find("recurrence-id") == std::string::npos) return;
    const Component component = parse(block);
    if (component == nullptr) return;
    icalproperty* moved = first(component.get(), ICAL_RECURRENCEID_PROPERTY);
    if (moved == nullptr) return;
    if (const auto instant = read_time(moved, icalproperty_get_recurrenceid(moved)))
      moved_.emplace(text_of(icalcomponent_get_uid(component.get())), *instant);
  }

  // Returns false when reading must stop.
  bool read_event(const Block& block) {
    const Component component = parse(block);
    if (component == nullptr) return true;
    if (first(component.get(), ICAL_XLICERROR_PROPERTY) != nullptr) {
      error("an event with a line that is not iCalendar", "export the calendar again");
      return true;
    }
    if (icalcomponent_get_status(component.get()) == ICAL_STATUS_CANCELLED) return true;
    Event event = read_words(component.get());
    icalproperty* start = first(component.get(), ICAL_DTSTART_PROPERTY);
    if (start == nullptr) {
      error("an event without DTSTART");
      return true;
    }
    const icaltimetype begins = icalproperty_get_dtstart(start);
    const auto from = read_time(start, begins);
    const auto until = from ? read_end(component.get(), begins, *from) : std::nullopt;
    if (!until) return true;
    if (*until <= *from) {
      error("an event that ends before it begins");
      return true;
    }
    if (first(component.get(), ICAL_RDATE_PROPERTY) != nullptr ||
        first(component.get(), ICAL_EXRULE_PROPERTY) != nullptr) {
      error("RDATE and EXRULE are not read", "export each shift as an event of its own");
      return true;
    }
    event.from = *from;
    event.until = *until;
    icalproperty* rule = first(component.get(), ICAL_RRULE_PROPERTY);
    if (rule == nullptr || first(component.get(), ICAL_RECURRENCEID_PROPERTY) != nullptr)
      return keep(std::move(event));
    return repeat(component.get(), start, icalproperty_get_rrule(rule), std::move(event));
  }

  Event read_words(icalcomponent* component) const {
    Event event;
    event.place = {file_, line_, 1};
    event.uid = text_of(icalcomponent_get_uid(component));
    event.summary = text_of(icalcomponent_get_summary(component));
    event.location = text_of(icalcomponent_get_location(component));
    for (icalproperty* property = first(component, ICAL_CATEGORIES_PROPERTY); property != nullptr;
         property = icalcomponent_get_next_property(component, ICAL_CATEGORIES_PROPERTY)) {
      const std::string list = text_of(icalproperty_get_categories(property));
      for (const std::string_view word : base::split(list, ','))
        if (!base::trim(word).empty()) event.categories.emplace_back(base::trim(word));
    }
    for (icalproperty* property = first(component, ICAL_ATTENDEE_PROPERTY); property != nullptr;
         property = icalcomponent_get_next_property(component, ICAL_ATTENDEE_PROPERTY)) {
      Attendee attendee;
      const std::string address = base::to_lower(text_of(icalproperty_get_attendee(property)));
      if (address.starts_with("mailto:")) attendee.email = base::trim(address.substr(7));
      if (icalparameter* name = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER))
        attendee.name = text_of(icalparameter_get_cn(name));
      event.attendees.push_back(std::move(attendee));
    }
    return event;
  }

  std::optional<Instant> read_end(icalcomponent* component, icaltimetype begins, Instant from) {
    if (icalproperty* end = first(component, ICAL_DTEND_PROPERTY))
      return read_time(end, icalproperty_get_dtend(end));
    if (icalproperty* duration = first(component, ICAL_DURATION_PROPERTY)) {
      const icaldurationtype length = icalproperty_get_duration(duration);
      constexpr unsigned kMostDays = 400;
      if (icaldurationtype_is_bad_duration(length) == 0 && length.is_neg == 0 &&
          length.weeks < kMostDays && length.days < kMostDays && length.hours < kMostDays * 24 &&
          length.minutes < kMostDays * 1440 && length.seconds < kMostDays * 86'400)
        return from + std::chrono::seconds{icaldurationtype_as_int(length)};
      error("a DURATION that is none");
      return std::nullopt;
    }
    if (begins.is_date != 0) {
      icaltimetype next = begins;
      icaltime_adjust(&next, 1, 0, 0, 0);
      return instant_of(next, nullptr);
    }
    error("an event without DTEND or DURATION");
    return std::nullopt;
  }

  std::set<Instant> excluded(icalcomponent* component) {
    std::set<Instant> out;
    for (icalproperty* property = first(component, ICAL_EXDATE_PROPERTY); property != nullptr;
         property = icalcomponent_get_next_property(component, ICAL_EXDATE_PROPERTY))
      if (const auto instant = read_time(property, icalproperty_get_exdate(property)))
        out.insert(*instant);
    return out;
  }

  bool repeat(icalcomponent* component, icalproperty* start, const icalrecurrencetype& rule,
              Event event) {
    if (!is_plain(rule)) {
      error("a repetition that is not read: daily, weekly or monthly, on weekdays, is",
            "export each shift as an event of its own");
      return true;
    }
    const auto zone = zone_of(start);
    const std::set<Instant> without = excluded(component);
    const auto length = event.until - event.from;
    const Iterator iterator{icalrecur_iterator_new(rule, icalproperty_get_dtstart(start))};
    if (iterator == nullptr || !zone) {
      error("a repetition that cannot be read");
      return true;
    }
    for (;;) {
      const icaltimetype time = icalrecur_iterator_next(iterator.get());
      if (icaltime_is_null_time(time) != 0 || !is_sound(time)) return true;
      if (++looked_at_ > limits_.repetitions) {
        error("too many repetitions in one file", "begin each series in this year");
        return false;
      }
      event.from = instant_of(time, *zone);
      event.until = event.from + length;
      if (event.from >= until_) return true;
      if (without.contains(event.from) || moved_.contains({event.uid, event.from})) continue;
      if (!keep(event)) return false;
    }
  }

  bool keep(Event event) {
    if (event.until <= from_ || event.from >= until_) return true;
    if (events_.size() == limits_.events) {
      error(fmt::format("more than {} events", limits_.events), "import a shorter span of time");
      return false;
    }
    events_.push_back(std::move(event));
    return true;
  }

  std::string file_;
  Instant from_;
  Instant until_;
  Findings& findings_;
  CalendarLimits limits_;
  int line_ = 1;
  std::size_t looked_at_ = 0;
  std::map<std::string, Zone> zones_;
  std::set<std::pair<std::string, Instant>> moved_;  // UID, and the repetition's first instant
  std::vector<Event> events_;
};

}  // namespace

std::vector<Event> parse_icalendar(std::string_view text, std::string_view file, Instant from,
                                   Instant until, Findings& findings, CalendarLimits limits) {
  const Place start{std::string{file}, 1, 1};
  if (text.size() > limits.size_bytes) {
    findings.error(start, fmt::format("larger than {} MB", limits.size_bytes >> 20U),
                   "export a shorter span of time");
    return {};
  }
  if (text.find('\0') != std::string_view::npos || !base::is_utf8(text)) {
    findings.error(start, "not UTF-8 text", "export the calendar again, as UTF-8");
    return {};
  }
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const auto blocks = blocks_of(text, file, findings);
  if (!blocks) return {};
  return CalendarReader{file, from, until, findings, limits}.read(*blocks);
}

}  // namespace tocsin::document
