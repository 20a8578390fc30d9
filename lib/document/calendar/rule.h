// A repetition rule (RFC 5545, 3.3.10) that repeats by day, week, month or year.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/wall_clock.h"

struct icalrecurrencetype;

namespace tocsin::document {

struct Rule {
  enum class Frequency : std::uint8_t { daily, weekly, monthly, yearly };
  // "MO" or "-1FR": a weekday (0 is Sunday), and which one of the month or year; 0 is every one.
  struct Weekday {
    int day = 0;
    int nth = 0;
  };
  // The last time that the rule may give, itself included.
  struct Until {
    enum class Form : std::uint8_t { date, local, utc };
    Form form = Form::utc;
    base::WallTime wall{};
  };

  Frequency frequency = Frequency::daily;
  int interval = 1;
  std::optional<int> count;
  std::optional<Until> until;
  std::vector<Weekday> weekdays;
  std::vector<int> month_days, year_days, weeks, months;
  std::vector<int> hours, minutes, seconds;
  std::vector<int> positions;  // BYSETPOS
  int week_start = 1;
};

// Nothing when it repeats within a day, is of another calendar than ours, or is none.
std::optional<Rule> read_rule(const icalrecurrencetype& rule);

}  // namespace tocsin::document
