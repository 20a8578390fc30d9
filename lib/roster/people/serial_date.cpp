#include "roster/people/serial_date.h"

#include <fmt/format.h>

#include "base/text.h"
#include "roster/people/dates.h"

namespace tocsin::roster {

std::string serial_date_hint(std::string_view text) {
  using std::chrono::days;
  // ECMA-376 part 1, 18.17.4.1: serial 1 is 1900-01-01, and 1900 is taken for a leap year, so that
  // from March 1900 on day 0 is 1899-12-30; in the other system day 0 is 1904-01-01.
  constexpr Date kIn1900{days{-25'569}};
  constexpr Date kIn1904{days{-24'107}};
  constexpr std::int64_t kFirst = 20'000;  // 1954
  constexpr std::int64_t kLast = 73'050;   // 2099
  const auto point = text.find('.');
  const auto serial = base::parse_count(text.substr(0, point), kLast);
  const bool has_fraction =
      point != std::string_view::npos &&
      text.find_first_not_of("0123456789", point + 1) == std::string_view::npos;
  if (!serial || *serial < kFirst || (point != std::string_view::npos && !has_fraction)) return {};
  return fmt::format(
      "a spreadsheet's count of days: {} in the 1900 system, {} in the 1904 system; format the "
      "column as a date and save it again",
      to_text(kIn1900 + days{*serial}), to_text(kIn1904 + days{*serial}));
}

}  // namespace tocsin::roster
