#include "document/calendar/repetition.h"

#include <algorithm>

namespace tocsin::document {

namespace {

using base::WallTime;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::months;
using std::chrono::year_month_day;
using Frequency = Rule::Frequency;

// Later than any time that is asked for.
constexpr local_days kNever{std::chrono::year{20'000} / 1 / 1};

bool contains(const std::vector<int>& values, int value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// Whether the list has the number, counted from the front or, negative, from the end.
bool contains(const std::vector<int>& values, int number, int of) {
  return contains(values, number) || contains(values, number - of - 1);
}

int weekday_of(local_days day) { return static_cast<int>(std::chrono::weekday{day}.c_encoding()); }

local_days week_of(local_days day, int week_start) {
  return day - days{(weekday_of(day) - week_start + 7) % 7};
}

// The first week of a year has at least four days in it (RFC 5545, 3.3.10, BYWEEKNO).
local_days first_week_of(std::chrono::year year, int week_start) {
  return week_of(local_days{year / 1 / 4}, week_start);
}

struct Week {
  int number;
  int of;
};
Week week_number_of(local_days day, int week_start) {
  std::chrono::year year = year_month_day{day + days{3}}.year();
  if (day < first_week_of(year, week_start)) --year;
  if (day >= first_week_of(year + std::chrono::years{1}, week_start)) ++year;
  const local_days first = first_week_of(year, week_start);
  const local_days next = first_week_of(year + std::chrono::years{1}, week_start);
  return {static_cast<int>((day - first) / days{7}) + 1,
          static_cast<int>((next - first) / days{7})};
}

}  // namespace

Repetition::Repetition(const Rule& rule, WallTime first, WallTime from, WallTime until,
                       std::size_t& days_left)
    : rule_(rule), first_(first), until_(until), days_(days_left) {
  complete_rule();
  if (!rule_.count) skip_to(from);
}

// What the rule does not say is as in the first time.
void Repetition::complete_rule() {
  const Day day = std::chrono::floor<days>(first_);
  const year_month_day date{day};
  const std::chrono::hh_mm_ss time{first_ - day};
  if (rule_.hours.empty()) rule_.hours = {static_cast<int>(time.hours().count())};
  if (rule_.minutes.empty()) rule_.minutes = {static_cast<int>(time.minutes().count())};
  if (rule_.seconds.empty()) rule_.seconds = {static_cast<int>(time.seconds().count())};
  if (!rule_.weekdays.empty() || !rule_.month_days.empty() || !rule_.year_days.empty()) return;
  const int month_day = static_cast<int>(static_cast<unsigned>(date.day()));
  if (rule_.frequency == Frequency::weekly || !rule_.weeks.empty()) {
    rule_.weekdays = {{weekday_of(day), 0}};
  } else if (rule_.frequency == Frequency::monthly) {
    rule_.month_days = {month_day};
  } else if (rule_.frequency == Frequency::yearly) {
    rule_.month_days = {month_day};
    if (rule_.months.empty())
      rule_.months = {static_cast<int>(static_cast<unsigned>(date.month()))};
  }
}

void Repetition::skip_to(WallTime from) {
  if (from <= first_) return;
  const Day first = std::chrono::floor<days>(first_);
  const Day to = std::chrono::floor<days>(from);
  const year_month_day a{first}, b{to};
  long periods = 0;
  switch (rule_.frequency) {
    case Frequency::daily:
      periods = (to - first) / days{1};
      break;
    case Frequency::weekly:
      periods = (to - first) / days{7};
      break;
    case Frequency::monthly:
      periods = (b.year() / b.month() - a.year() / a.month()).count();
      break;
    case Frequency::yearly:
      periods = (b.year() - a.year()).count();
      break;
  }
  // One less, because `from` may be early in its period.
  period_ = std::max(0L, periods / rule_.interval - 1);
}

Repetition::Day Repetition::period_start() const {
  const Day first = std::chrono::floor<days>(first_);
  const year_month_day date{first};
  const long by = period_ * rule_.interval;
  constexpr long kFarthest = 100'000;  // periods; beyond it dates could not be counted
  if (by > kFarthest * (rule_.frequency == Frequency::yearly ? 1 : 10) / 10) return kNever;
  switch (rule_.frequency) {
    case Frequency::daily:
      return first + days{by};
    case Frequency::weekly:
      return week_of(first, rule_.week_start) + days{by * 7};
    case Frequency::monthly:
      return Day{(date.year() / date.month() + months{by}) / 1};
    case Frequency::yearly:
      break;
  }
  return Day{(date.year() + std::chrono::years{by}) / 1 / 1};
}

Repetition::Day Repetition::period_end() const {
  const Day start = period_start();
  const year_month_day date{start};
  switch (rule_.frequency) {
    case Frequency::daily:
      return start + days{1};
    case Frequency::weekly:
      return start + days{7};
    case Frequency::monthly:
      return Day{(date.year() / date.month() + months{1}) / 1};
    case Frequency::yearly:
      break;
  }
  return Day{(date.year() + std::chrono::years{1}) / 1 / 1};
}

std::optional<WallTime> Repetition::next() {
  if (rule_.count && given_ >= *rule_.count) return std::nullopt;
  ++given_;
  while (next_ >= set_.size()) {
    if (days_ == 0 || WallTime{period_start()} > until_) return std::nullopt;
    fill();
    ++period_;
  }
  return set_[next_++];
}

void Repetition::fill() {
  set_.clear();
  next_ = 0;
  const Day end = period_end();
  for (Day day = period_start(); day < end; day += days{1}) {
    if (days_ == 0) return;
    --days_;
    const year_month_day date{day};
    if (!rule_.months.empty() &&
        !contains(rule_.months, static_cast<int>(static_cast<unsigned>(date.month())))) {
      day = Day{(date.year() / date.month() + months{1}) / 1} - days{1};  // go on after this month
      continue;
    }
    if (!fits(day, date)) continue;
    // Each of a day's times is work, too.
    days_ -= std::min(days_, rule_.hours.size() * rule_.minutes.size() * rule_.seconds.size() - 1);
    for (const int hour : rule_.hours)
      for (const int minute : rule_.minutes)
        for (const int second : rule_.seconds)
          set_.push_back(day + std::chrono::hours{hour} + std::chrono::minutes{minute} +
                         std::chrono::seconds{second});
  }
  if (!rule_.positions.empty()) keep_positions();
  std::erase_if(set_, [this](WallTime time) { return time < first_; });
}

bool Repetition::fits(Day day, year_month_day date) const {
  if (!rule_.month_days.empty()) {
    const auto last = (date.year() / date.month() / std::chrono::last).day();
    if (!contains(rule_.month_days, static_cast<int>(static_cast<unsigned>(date.day())),
                  static_cast<int>(static_cast<unsigned>(last))))
      return false;
  }
  if (!rule_.year_days.empty() &&
      !contains(rule_.year_days, static_cast<int>((day - Day{date.year() / 1 / 1}).count()) + 1,
                date.year().is_leap() ? 366 : 365))
    return false;
  if (!rule_.weeks.empty()) {
    const Week week = week_number_of(day, rule_.week_start);
    if (!contains(rule_.weeks, week.number, week.of)) return false;
  }
  return rule_.weekdays.empty() || fits_weekday(day, date);
}

bool Repetition::fits_weekday(Day day, year_month_day date) const {
  const bool in_month = rule_.frequency == Frequency::monthly || !rule_.months.empty();
  const Day begin = in_month ? Day{date.year() / date.month() / 1} : Day{date.year() / 1 / 1};
  const Day end = in_month ? Day{(date.year() / date.month() + months{1}) / 1}
                           : Day{(date.year() + std::chrono::years{1}) / 1 / 1};
  const int from_front = static_cast<int>((day - begin) / days{7}) + 1;
  const int from_end = -static_cast<int>((end - days{1} - day) / days{7}) - 1;
  const int weekday = weekday_of(day);
  return std::any_of(rule_.weekdays.begin(), rule_.weekdays.end(), [&](const Rule::Weekday& one) {
    return one.day == weekday && (one.nth == 0 || one.nth == from_front || one.nth == from_end);
  });
}

void Repetition::keep_positions() {
  std::vector<WallTime> kept;
  const int size = static_cast<int>(set_.size());
  for (int i = 0; i < size; ++i)
    if (contains(rule_.positions, i + 1, size)) kept.push_back(set_[static_cast<std::size_t>(i)]);
  set_ = std::move(kept);
}

}  // namespace tocsin::document
