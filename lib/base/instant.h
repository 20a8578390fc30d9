// A point on the UTC time line, to the millisecond, and its spellings.
// Machines read and write RFC 3339 in UTC; people see the local wall clock of the home's time zone.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::base {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;
using Minutes = std::chrono::minutes;

// "2026-11-22T22:40:00.000Z"; always UTC, always milliseconds.
std::string to_rfc3339(Instant instant);
// RFC 3339 with "Z" or a numeric offset; fractions beyond milliseconds are cut. Years 1970 to 9999.
std::optional<Instant> from_rfc3339(std::string_view text);

// Civil time in the process's local time zone (TZ), as people read it.
struct Civil {
  int year = 1970;
  int month = 1;    // 1 to 12
  int day = 1;      // 1 to 31
  int hour = 0;     // 0 to 23
  int minute = 0;   // 0 to 59
  int second = 0;   // 0 to 59
  int weekday = 4;  // 0 is Sunday
};
Civil to_local(Instant instant);
// The first instant that has this local time; a time that a clock change skips moves on by the gap.
Instant from_local(const Civil& civil);

std::string local_clock(Instant instant);  // "22:40"
std::string local_stamp(Instant instant);  // "2026-11-22 22:40"

// What a person or a script writes for a time, read against `now`: RFC 3339; "2026-11-22 22:40" or
// "2026-11-22T22:40" (local); "22:40" (the next one, local); "Sunday 04:00" (the next one, local);
// "+90" or "+90min" or "+2h" (from now). Nothing else.
std::optional<Instant> parse_when(std::string_view text, Instant now);

// "25", "25min", "2h", "1h30" or "1h30min": zero to 100 days. Leading zeros are refused, as in
// playbooks.
std::optional<Minutes> parse_minutes(std::string_view text);
std::string minutes_text(Minutes minutes);  // "25 min", "1 h 30"

}  // namespace tocsin::base
