#include "document/calendar/version.h"

#include <fmt/format.h>

#include "base/text.h"
#include "document/calendar/attendees.h"
#include "document/calendar/values.h"

namespace tocsin::document {

namespace {

using base::WallTime;

constexpr std::string_view kTimeHint = "20261122T224000 or 20261122T224000Z";

icalproperty* next_of(icalcomponent* component, icalproperty_kind kind) {
  return icalcomponent_get_next_property(component, kind);
}

}  // namespace

std::nullopt_t VersionReader::fail(std::string message, std::string hint) {
  if (!*damage_) *damage_ = Damage{place_.line, std::move(message), std::move(hint)};
  return std::nullopt;
}

std::optional<Version> VersionReader::read(const std::string& lines, const CalendarHead& head,
                                           const Place& place, std::optional<Damage>& damage) {
  head_ = &head;
  place_ = place;
  damage_ = &damage;
  const ParsedComponent component{icalparser_parse_string(lines.c_str())};
  if (component == nullptr || first_of(component.get(), ICAL_XLICERROR_PROPERTY) != nullptr)
    return fail("an event with a line that is not iCalendar", "export the calendar again");
  Version version;
  version.event.place = place;
  icalproperty* summary = first_of(component.get(), ICAL_SUMMARY_PROPERTY);
  if (summary != nullptr && next_of(component.get(), ICAL_SUMMARY_PROPERTY) != nullptr)
    return fail("an event with two SUMMARY", "an event for each stint");
  read_words(component.get(), version);
  // Without a length, it does not matter how an event repeats.
  if (!read_times(component.get(), version) || !read_extras(component.get(), version) ||
      !read_length(component.get(), version) || !read_rules(component.get(), version))
    return std::nullopt;
  return version;
}

const base::Zone* VersionReader::floating_zone() {
  if (head_->zone_name.empty()) return zones_.process();
  if (const base::Zone* zone = zones_.find(head_->zone_name)) return zone;
  fail(fmt::format("the time zone {} (X-WR-TIMEZONE) is not known, and a time has no other",
                   shown(head_->zone_name)),
       "Europe/London, or times with a zone of their own");
  return nullptr;
}

std::optional<Moment> VersionReader::read_moment(icalproperty* property, icaltimetype time) {
  Moment moment;
  const auto wall = wall_of(time);
  if (!wall) return fail("a time that is none", std::string{kTimeHint});
  moment.wall = *wall;
  icalparameter* zone = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  if (time.is_date != 0) {
    moment.form = Moment::Form::date;
    moment.zone = floating_zone();
  } else if (icaltime_is_utc(time) != 0) {
    moment.form = Moment::Form::utc;
    moment.zone = zones_.utc();
  } else if (zone != nullptr) {
    const std::string id = text_of(icalparameter_get_tzid(zone));
    moment.zone = zones_.find(id);
    const std::string_view fault = zones_.fault_of(id);
    if (moment.zone == nullptr && !fault.empty())
      return fail(fmt::format("{} (VTIMEZONE \"{}\")", fault, shown(id)),
                  "a name such as Europe/London");
    if (moment.zone == nullptr)
      return fail(
          fmt::format("the time zone \"{}\" is neither known nor described in the file", shown(id)),
          "Europe/London, or a VTIMEZONE of that name");
  } else {
    moment.form = Moment::Form::floating;
    moment.zone = floating_zone();
  }
  if (moment.zone == nullptr) return std::nullopt;
  return moment;
}

bool VersionReader::read_times(icalcomponent* component, Version& version) {
  icalproperty* start = first_of(component, ICAL_DTSTART_PROPERTY);
  icalproperty* changes = first_of(component, ICAL_RECURRENCEID_PROPERTY);
  if (changes != nullptr) {
    version.changes = read_moment(changes, icalproperty_get_recurrenceid(changes));
    if (!version.changes) return false;
    icalparameter* range = icalproperty_get_first_parameter(changes, ICAL_RANGE_PARAMETER);
    if (range != nullptr) {
      version.and_later = icalparameter_get_range(range) == ICAL_RANGE_THISANDFUTURE;
      if (!version.and_later)
        return fail("RANGE is not THISANDFUTURE, and nothing else is read"), false;
    }
  }
  if (start == nullptr) {
    // What calls something off need not say when it would have been.
    if (version.cancelled) {
      version.start =
          version.changes ? *version.changes : Moment{Moment::Form::utc, {}, zones_.utc()};
      return true;
    }
    return fail("an event without DTSTART"), false;
  }
  const auto moment = read_moment(start, icalproperty_get_dtstart(start));
  if (!moment) return false;
  version.start = *moment;
  return true;
}

std::optional<Length> VersionReader::length_until(const Moment& start, const Moment& end) {
  Length length{end.wall - start.wall, {}, end.zone};
  if (start.is_date() && end.wall == start.wall) {
    notes_.add(Note::one_day, place_);
    length.nominal = std::chrono::days{1};
  }
  // Of two zones, the wall clocks may stand the other way round.
  if (end.instant() < start.instant() && length.nominal <= base::Milliseconds{0})
    return fail("an event that ends before it begins",
                "an event that ends on the next day has that day in DTEND");
  return length;
}

std::optional<Length> VersionReader::length_of(const Moment& start,
                                               const icaldurationtype& duration) {
  constexpr unsigned kMostDays = 4000;
  if (icaldurationtype_is_bad_duration(duration) != 0 || duration.is_neg != 0 ||
      duration.weeks > kMostDays || duration.days > kMostDays || duration.hours > kMostDays * 24 ||
      duration.minutes > kMostDays * 1440 || duration.seconds > kMostDays * 86'400)
    return fail("a DURATION that is none", "P7D, PT12H30M");
  return Length{std::chrono::days{duration.weeks * 7 + duration.days},
                std::chrono::hours{duration.hours} + std::chrono::minutes{duration.minutes} +
                    std::chrono::seconds{duration.seconds},
                start.zone};
}

bool VersionReader::read_length(icalcomponent* component, Version& version) {
  std::optional<Length> length;
  icalproperty* duration = first_of(component, ICAL_DURATION_PROPERTY);
  if (icalproperty* end = first_of(component, ICAL_DTEND_PROPERTY)) {
    const auto moment = read_moment(end, icalproperty_get_dtend(end));
    if (moment) length = length_until(version.start, *moment);
    // RFC 5545, 3.6.1, allows one of the two.
    const auto other = length && duration != nullptr
                           ? length_of(version.start, icalproperty_get_duration(duration))
                           : length;
    if (other && length && other->end_of(version.start.wall) != length->end_of(version.start.wall))
      return fail("an event whose DTEND and DURATION differ", "one of the two is wrong"), false;
  } else if (duration != nullptr) {
    length = length_of(version.start, icalproperty_get_duration(duration));
  } else if (version.start.is_date()) {
    length = Length{std::chrono::days{1}, {}, version.start.zone};
  } else {
    length = Length{{}, {}, version.start.zone};
  }
  if (!length) return false;
  version.length = *length;
  if (version.cancelled || length->nominal + length->exact > base::Milliseconds{0} ||
      length->end_of(version.start.wall) > version.start.instant())
    return true;
  for (const Extra& extra : version.extras)
    if (extra.length) return true;
  notes_.add(Note::no_length, place_);
  version.cancelled =
      version.changes.has_value();  // it takes the place of a repetition all the same
  return version.cancelled;
}

bool VersionReader::read_rules(icalcomponent* component, Version& version) {
  if (first_of(component, ICAL_EXRULE_PROPERTY) != nullptr)
    return fail("EXRULE is not read", "export each shift as an event of its own"), false;
  if (version.changes) return true;  // a change of one repetition repeats nothing
  for (icalproperty* property = first_of(component, ICAL_RRULE_PROPERTY); property != nullptr;
       property = next_of(component, ICAL_RRULE_PROPERTY)) {
    auto rule = read_rule(icalproperty_get_rrule(property));
    if (!rule)
      return fail("a repetition that is not read: daily, weekly, monthly and yearly are",
                  "export each shift as an event of its own"),
             false;
    if (rule->until && rule->until->form == Rule::Until::Form::date && !version.start.is_date())
      notes_.add(Note::until_day, place_);
    version.rules.push_back(*std::move(rule));
  }
  for (icalproperty* property = first_of(component, ICAL_EXDATE_PROPERTY); property != nullptr;
       property = next_of(component, ICAL_EXDATE_PROPERTY)) {
    const auto moment = read_moment(property, icalproperty_get_exdate(property));
    if (!moment) return false;
    if (moment->is_date() && !version.start.is_date()) notes_.add(Note::day_for_time, place_);
    version.exceptions.push_back(*moment);
  }
  return true;
}

bool VersionReader::read_extras(icalcomponent* component, Version& version) {
  if (version.changes) return true;
  for (icalproperty* property = first_of(component, ICAL_RDATE_PROPERTY); property != nullptr;
       property = next_of(component, ICAL_RDATE_PROPERTY)) {
    const icaldatetimeperiodtype value = icalproperty_get_rdate(property);
    const bool is_period = icalperiodtype_is_null_period(value.period) == 0;
    Extra extra;
    const auto start = read_moment(property, is_period ? value.period.start : value.time);
    if (!start) return false;
    extra.start = *start;
    if (is_period && icaltime_is_null_time(value.period.end) == 0) {
      const auto end = read_moment(property, value.period.end);
      extra.length = end ? length_until(*start, *end) : std::nullopt;
      if (!extra.length) return false;
    } else if (is_period) {
      extra.length = length_of(*start, value.period.duration);
      if (!extra.length) return false;
    }
    if (start->is_date() && !version.start.is_date()) notes_.add(Note::day_for_time, place_);
    version.extras.push_back(extra);
  }
  return true;
}

void VersionReader::read_words(icalcomponent* component, Version& version) const {
  Event& event = version.event;
  event.uid = text_of(icalcomponent_get_uid(component));
  event.summary = text_of(icalcomponent_get_summary(component));
  event.location = text_of(icalcomponent_get_location(component));
  for (icalproperty* property = first_of(component, ICAL_CATEGORIES_PROPERTY); property != nullptr;
       property = next_of(component, ICAL_CATEGORIES_PROPERTY)) {
    const std::string list = text_of(icalproperty_get_categories(property));
    for (const std::string_view word : base::split(list, ','))
      if (!base::trim(word).empty()) event.categories.emplace_back(base::trim(word));
  }
  if (icalproperty* sequence = first_of(component, ICAL_SEQUENCE_PROPERTY)) {
    event.sequence = icalproperty_get_sequence(sequence);
    version.has_sequence = true;
  }
  if (icalproperty* stamp = first_of(component, ICAL_DTSTAMP_PROPERTY))
    if (const auto wall = wall_of(icalproperty_get_dtstamp(stamp)))
      event.stamp = base::Instant{wall->time_since_epoch()};
  version.cancelled =
      icalcomponent_get_status(component) == ICAL_STATUS_CANCELLED || head_->method == "cancel";
  Attendance attendance = attendance_of(component);
  event.attendees = std::move(attendance.coming);
  if (version.cancelled) return;
  for (int i = 0; i < attendance.tentative; ++i) notes_.add(Note::tentative, place_);
  if (icalcomponent_get_status(component) == ICAL_STATUS_TENTATIVE)
    notes_.add(Note::tentative_event, place_);
  if (event.attendees.empty() && attendance.declined > 0) {
    notes_.add(Note::nobody, place_);
    version.cancelled = true;
  }
}

}  // namespace tocsin::document
