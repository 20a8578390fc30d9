// A point in time (UTC, in milliseconds) and how it is written.
// Machines read and write RFC 3339 in UTC; people see the local time of the process's time zone.
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
// "Sun, 22 Nov 2026 22:40:00 GMT", as HTTP writes it (RFC 9110, 5.6.7).
std::string to_http_date(Instant instant);
// Accepts RFC 3339 with "Z" or a numeric offset, years 1970 to 9999. Digits after the millisecond
// are dropped.
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
// The first instant with this local time. A local time that a clock change skips is moved forward
// by the length of the change.
Instant from_local(const Civil& civil);

std::string local_clock(Instant instant);  // "22:40"
std::string local_stamp(Instant instant);  // "2026-11-22 22:40"

// Reads a time as a person or a script writes it: RFC 3339; "2026-11-22 22:40" or
// "2026-11-22T22:40" (local); "22:40" or "Sunday 04:00" (the next one after `now`, local); "+90",
// "+90min" or "+2h" (from `now`). Nothing else.
std::optional<Instant> parse_when(std::string_view text, Instant now);

// "25", "25min", "2h", "1h30" or "1h30min"; from zero to 100 days. Refuses leading zeros, as
// playbooks do.
std::optional<Minutes> parse_minutes(std::string_view text);
std::string minutes_text(Minutes minutes);  // "25 min", "1 h 30"
std::string span_text(Milliseconds span);   // "0.5 s", "25 min"; whole minutes from one minute on

}  // namespace tocsin::base
