// The times that a rule gives, in their order. libical does not expand rules for us: it goes over
// to the wrong week when weeks begin on another day than the series, gives BYMONTHDAY without
// BYMONTH in one month of the year only, and spends a second on a rule that never comes true.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/wall_clock.h"
#include "document/calendar/rule.h"

namespace tocsin::document {

class Repetition {
 public:
  // The rule counts from `first` (DTSTART) on, which is one of the times if the rule names it.
  // Times before `from` may be left out; there are none long after `until`. COUNT is held, UNTIL is
  // the caller's, who knows the zone. `days` is what may still be looked at; it is counted down,
  // and when it is used up, the times end.
  Repetition(const Rule& rule, base::WallTime first, base::WallTime from, base::WallTime until,
             std::size_t& days);

  std::optional<base::WallTime> next();

 private:
  using Day = std::chrono::local_days;

  void complete_rule();
  void skip_to(base::WallTime from);
  Day period_start() const;
  Day period_end() const;
  void fill();
  bool fits(Day day, std::chrono::year_month_day date) const;
  bool fits_weekday(Day day, std::chrono::year_month_day date) const;
  void keep_positions();

  Rule rule_;
  base::WallTime first_;
  base::WallTime until_;
  std::size_t& days_;
  long period_ = 0;
  int given_ = 0;
  std::vector<base::WallTime> set_;  // of the period; `next_` is the next one in it
  std::size_t next_ = 0;
};

}  // namespace tocsin::document
