// Whether a table writes its dates with the month first, where each of them could also be one with
// the day first: 12/01/2026, 12/02/2026 and 12/03/2026 are three days of December, or three months.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace tocsin::roster {

class DayOrder {
 public:
  // The cells of one row that have its dates; either may be empty, or have a time as well.
  void add(std::string_view begin, std::string_view end);
  // "8:00 AM" stands in it, as where the month is first.
  void add_half_day() { has_half_days_ = true; }

  // What says that the month stands first; nothing when nothing does, or when some date has its day
  // first for sure.
  std::optional<std::string> sign() const;
  // Nothing says which of the two stands first, and times are written as where it is the month.
  bool is_open() const { return !is_sure_ && !dates_.empty() && has_half_days_; }

 private:
  using Days = std::chrono::sys_days;
  struct Both {  // of one text
    Days day_first;
    Days month_first;
  };
  std::optional<Both> take(std::string_view text);

  bool is_sure_ = false;
  bool has_half_days_ = false;
  std::set<Days> dates_;              // with the day first, of texts that could be read otherwise
  std::set<unsigned> days_of_month_;  // of these
  std::size_t spans_ = 0;             // from one such text to another
  std::size_t months_ = 0;            // of these: a month or more, and otherwise days
};

}  // namespace tocsin::roster
