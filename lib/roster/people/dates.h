// Dates and times as spreadsheets in the United Kingdom write them: 2026-11-22 or 22/11/2026, never
// with the month first. Times are local.
#pragma once

#include <optional>
#include <string_view>

#include "base/instant.h"
#include "roster/people/roster.h"

namespace tocsin::roster {

// "2026-11-22", "22/11/2026", "22.11.2026" or "22-Nov-2026"; years 1970 to 2199.
std::optional<Date> parse_date(std::string_view text);
// "22:40", "22:40:00" or "2240".
std::optional<base::Minutes> parse_clock(std::string_view text);
// RFC 3339, or a date and a time of day with a space or T between them (local time).
std::optional<base::Instant> parse_stamp(std::string_view text);
// The instant of a time of day on a date, in local time; 24:00 is 00:00 of the next day.
base::Instant local_instant(Date date, base::Minutes clock);

std::string to_text(Date date);  // "2026-11-22"

}  // namespace tocsin::roster
