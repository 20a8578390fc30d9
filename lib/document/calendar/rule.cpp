#include "document/calendar/rule.h"

#include <libical/ical.h>

#include <algorithm>
#include <span>

#include "document/calendar/values.h"

namespace tocsin::document {

namespace {

std::vector<int> list_of(std::span<const short> values) {
  std::vector<int> out;
  for (const short value : values) {
    if (value == ICAL_RECURRENCE_ARRAY_MAX) break;
    out.push_back(value);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool within(const std::vector<int>& values, int least, int most) {
  return std::all_of(values.begin(), values.end(),
                     [&](int value) { return value >= least && value <= most; });
}

bool within_both(const std::vector<int>& values, int most) {
  return within(values, -most, most) && std::find(values.begin(), values.end(), 0) == values.end();
}

// Counting weekdays makes sense within a month or a year only (3.3.10, BYDAY).
bool may_count_weekdays(const Rule& rule) {
  return rule.frequency == Rule::Frequency::monthly ||
         (rule.frequency == Rule::Frequency::yearly && rule.weeks.empty());
}

bool is_sound(const Rule& rule) {
  for (const Rule::Weekday& weekday : rule.weekdays)
    if (weekday.day < 0 || weekday.nth < -53 || weekday.nth > 53 ||
        (weekday.nth != 0 && !may_count_weekdays(rule)))
      return false;
  return rule.interval >= 1 && (!rule.count || *rule.count >= 1) &&
         within_both(rule.month_days, 31) && within_both(rule.year_days, 366) &&
         within_both(rule.weeks, 53) && within(rule.months, 1, 12) && within(rule.hours, 0, 23) &&
         within(rule.minutes, 0, 59) && within(rule.seconds, 0, 59) &&
         within_both(rule.positions, 366) &&
         (rule.weeks.empty() || rule.frequency == Rule::Frequency::yearly);
}

std::optional<Rule::Until> until_of(icaltimetype time) {
  using Form = Rule::Until::Form;
  const auto wall = wall_of(time);
  if (!wall) return std::nullopt;
  const Form form = time.is_date != 0            ? Form::date
                    : icaltime_is_utc(time) != 0 ? Form::utc
                                                 : Form::local;
  return Rule::Until{form, *wall};
}

}  // namespace

std::optional<Rule> read_rule(const icalrecurrencetype& from) {
  Rule rule;
  switch (from.freq) {
    case ICAL_DAILY_RECURRENCE:
      rule.frequency = Rule::Frequency::daily;
      break;
    case ICAL_WEEKLY_RECURRENCE:
      rule.frequency = Rule::Frequency::weekly;
      break;
    case ICAL_MONTHLY_RECURRENCE:
      rule.frequency = Rule::Frequency::monthly;
      break;
    case ICAL_YEARLY_RECURRENCE:
      rule.frequency = Rule::Frequency::yearly;
      break;
    default:
      return std::nullopt;
  }
  if (from.rscale != nullptr || from.skip == ICAL_SKIP_BACKWARD || from.skip == ICAL_SKIP_FORWARD)
    return std::nullopt;
  rule.interval = from.interval;
  if (from.count != 0) rule.count = from.count;
  if (icaltime_is_null_time(from.until) == 0) {
    rule.until = until_of(from.until);
    if (!rule.until) return std::nullopt;
  }
  for (const short day : from.by_day) {
    if (day == ICAL_RECURRENCE_ARRAY_MAX) break;
    rule.weekdays.push_back({icalrecurrencetype_day_day_of_week(day) - ICAL_SUNDAY_WEEKDAY,
                             icalrecurrencetype_day_position(day)});
  }
  rule.month_days = list_of(from.by_month_day);
  rule.year_days = list_of(from.by_year_day);
  rule.weeks = list_of(from.by_week_no);
  rule.months = list_of(from.by_month);
  rule.hours = list_of(from.by_hour);
  rule.minutes = list_of(from.by_minute);
  rule.seconds = list_of(from.by_second);
  rule.positions = list_of(from.by_set_pos);
  rule.week_start = std::max(0, from.week_start - ICAL_SUNDAY_WEEKDAY);
  return is_sound(rule) ? std::optional{rule} : std::nullopt;
}

}  // namespace tocsin::document
