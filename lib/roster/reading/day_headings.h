// The headings of a table that has one column a day: which are days, and what is wrong with the
// others. A day that could be another one is a fault, because a whole rota would move with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "document/csv.h"
#include "document/finding.h"
#include "roster/people/dates.h"

namespace tocsin::roster {

enum class Heading : std::uint8_t {
  other,      // no day
  day,        // a date
  day_alone,  // "Mon 4", "04-Jan", "Tuesday": a day that leaves its year open
  misspelt,   // "04/01/27", "12/25/2027", 46391: a whole date in a form that is not read
};
struct DayHeading {
  Heading is = Heading::other;
  std::optional<Date> date{};                   // of a day
  std::optional<std::chrono::weekday> named{};  // of a day: "Mon 04/01/2027"
};
DayHeading day_heading(std::string_view text);

using DayColumns = std::vector<std::pair<std::size_t, Date>>;

// Whether its first row names days, well or badly.
bool has_day_headings(const document::Table& table);
// The columns that are days. Nothing after a fault, which is reported.
std::optional<DayColumns> read_day_headings(const document::Table& table,
                                            document::Findings& findings);
// The row below the first that names the days, as where a title or the month stands above them.
std::optional<int> row_of_days(const document::Table& table);

}  // namespace tocsin::roster
