#include "document/calendar/zones.h"

#include <libical/ical.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "base/zone_file.h"
#include "document/calendar/repetition.h"
#include "document/calendar/rule.h"
#include "document/calendar/values.h"
#include "document/calendar/windows_zones.h"

namespace tocsin::document {

namespace {

using base::WallTime;

constexpr std::size_t kMostZones = 100;
constexpr std::chrono::local_days kEnd{std::chrono::year{2100} / 1 / 1};
constexpr std::chrono::local_days kBegin{std::chrono::year{1970} / 1 / 1};

// A change of the clocks: how far ahead of UTC they were before, and are from then on.
struct Onset {
  std::chrono::sys_seconds at;
  std::chrono::seconds before;
  std::chrono::seconds after;
};

// STANDARD or DAYLIGHT: from each of its times on, its offset holds (RFC 5545, 3.6.5).
class Observance {
 public:
  explicit Observance(icalcomponent* part) : part_(part) {}

  // Returns what is wrong.
  std::string add_to(std::vector<Onset>& onsets) {
    icalproperty* start = first_of(part_, ICAL_DTSTART_PROPERTY);
    icalproperty* from = first_of(part_, ICAL_TZOFFSETFROM_PROPERTY);
    icalproperty* to = first_of(part_, ICAL_TZOFFSETTO_PROPERTY);
    const auto wall = start ? wall_of(icalproperty_get_dtstart(start)) : std::nullopt;
    if (!wall || from == nullptr || to == nullptr) return "a time zone without times or offsets";
    before_ = std::chrono::seconds{icalproperty_get_tzoffsetfrom(from)};
    after_ = std::chrono::seconds{icalproperty_get_tzoffsetto(to)};
    constexpr std::chrono::hours kMost{26};
    if (std::chrono::abs(before_) > kMost || std::chrono::abs(after_) > kMost)
      return "a time zone with an impossible offset";
    add(onsets, *wall);
    for (icalproperty* date = first_of(part_, ICAL_RDATE_PROPERTY); date != nullptr;
         date = icalcomponent_get_next_property(part_, ICAL_RDATE_PROPERTY))
      if (const auto time = wall_of(icalproperty_get_rdate(date).time)) add(onsets, *time);
    icalproperty* rule = first_of(part_, ICAL_RRULE_PROPERTY);
    if (rule == nullptr) return {};
    const auto read = read_rule(icalproperty_get_rrule(rule));
    if (!read ||
        (read->frequency != Rule::Frequency::yearly && read->frequency != Rule::Frequency::monthly))
      return "a time zone whose clock changes by a rule that is not read";
    repeat(onsets, *read, *wall);
    return {};
  }

 private:
  void add(std::vector<Onset>& onsets, WallTime wall) const {
    const std::chrono::sys_seconds at{
        std::chrono::floor<std::chrono::seconds>(wall.time_since_epoch()) - before_};
    onsets.push_back({at, before_, after_});
  }

  void repeat(std::vector<Onset>& onsets, const Rule& rule, WallTime wall) const {
    std::size_t days = 200'000;  // of a yearly rule, 500 years
    Repetition repetition{rule, wall, kBegin, kEnd, days};
    while (const auto time = repetition.next()) {
      if (*time >= kEnd || (rule.until && is_past(*rule.until, *time))) return;
      add(onsets, *time);
    }
  }

  bool is_past(const Rule::Until& until, WallTime time) const {
    if (until.form == Rule::Until::Form::utc) return time - before_ > until.wall;
    if (until.form == Rule::Until::Form::date) return time >= until.wall + std::chrono::days{1};
    return time > until.wall;
  }

  icalcomponent* part_;
  std::chrono::seconds before_{};
  std::chrono::seconds after_{};
};

// "Europe/London" within its quotation marks.
std::string_view bare(std::string_view name) {
  name = base::trim(name);
  while (name.size() > 1 && name.front() == '"' && name.back() == '"')
    name = base::trim(name.substr(1, name.size() - 2));
  return name;
}

}  // namespace

Zones::Zones() : process_(base::Zone::of_process()) {}

void Zones::define(icalcomponent* component) {
  icalproperty* tzid = first_of(component, ICAL_TZID_PROPERTY);
  if (tzid == nullptr || defined_.size() + faults_.size() >= kMostZones) return;
  const std::string name{base::trim(text_of(icalproperty_get_tzid(tzid)))};
  if (std::string wrong = read(component, name); !wrong.empty())
    faults_.insert_or_assign(name, std::move(wrong));
}

std::string_view Zones::fault_of(std::string_view name) const {
  const auto fault = faults_.find(bare(name));
  return fault == faults_.end() ? std::string_view{} : fault->second;
}

std::string Zones::read(icalcomponent* component, const std::string& name) {
  std::vector<Onset> onsets;
  for (icalcomponent* part = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
       part != nullptr; part = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)) {
    const auto kind = icalcomponent_isa(part);
    if (kind != ICAL_XSTANDARD_COMPONENT && kind != ICAL_XDAYLIGHT_COMPONENT) continue;
    if (std::string wrong = Observance{part}.add_to(onsets); !wrong.empty()) return wrong;
  }
  if (onsets.empty()) return "a time zone without times or offsets";
  std::stable_sort(onsets.begin(), onsets.end(),
                   [](const Onset& a, const Onset& b) { return a.at < b.at; });
  std::vector<base::Zone::Change> changes;
  for (const Onset& onset : onsets) changes.push_back({onset.at, onset.after});
  defined_.insert_or_assign(name, base::Zone{onsets.front().before, std::move(changes)});
  return {};
}

const base::Zone* Zones::find(std::string_view name) {
  name = bare(name);
  const auto known = found_.find(name);
  if (known != found_.end()) return known->second.get();
  std::string id{name};
  auto zone = look_up(id);
  return found_.emplace(std::move(id), std::move(zone)).first->second.get();
}

std::unique_ptr<base::Zone> Zones::look_up(const std::string& name) const {
  const auto own = [](std::optional<base::Zone> zone) {
    return zone ? std::make_unique<base::Zone>(*std::move(zone)) : nullptr;
  };
  if (auto zone = own(base::system_zone(name))) return zone;
  if (const auto defined = defined_.find(name); defined != defined_.end())
    return std::make_unique<base::Zone>(defined->second);
  if (name == "UTC" || name == "Z" || name == "Etc/UTC") return std::make_unique<base::Zone>();
  if (const std::string_view windows = zone_of_windows(name); !windows.empty())
    return own(base::system_zone(std::string{windows}));
  // "/freeassociation.sourceforge.net/Europe/London", "/citadel.org/20260101_1/Europe/London".
  if (!name.starts_with('/')) return nullptr;
  for (std::size_t slash = 0; slash != std::string::npos; slash = name.find('/', slash + 1))
    if (auto zone = own(base::system_zone(name.substr(slash + 1)))) return zone;
  return nullptr;
}

}  // namespace tocsin::document
