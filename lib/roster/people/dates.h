// Dates and times as spreadsheets in the United Kingdom write them: 2026-11-22 or 22/11/2026, never
// with the month first. Times are local.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "roster/people/roster.h"

namespace tocsin::roster {

// "2026-11-22", "22/11/2026", "22.11.2026", "22-Nov-2026" or "22 November 2026"; years 1970 to
// 2199. A day of the week before it must be the date's: "Sun 22 Nov 2026".
std::optional<Date> parse_date(std::string_view text);
// "22:40", "22:40:00", "2240", "2240hrs", "10:40 PM", "8pm", "8.30pm"; from 00:00 to 24:00.
// 23:59:59 is 23:59.
std::optional<base::Minutes> parse_clock(std::string_view text);
// The day of the week that a text names and nothing else, whole or cut short: "Mon", "Thursday".
std::optional<std::chrono::weekday> weekday_named(std::string_view text);
// The instant of a time of day on a date, in local time; 24:00 is 00:00 of the next day. Of a time
// that occurs twice it is the first; one that a clock change skips is moved forward by the change.
base::Instant local_instant(Date date, base::Minutes clock);

// What one cell says of when: a date, a time of day, or both. RFC 3339, also as databases write it,
// or a date and a time of day with a space or T between them (local time).
struct Moment {
  std::optional<Date> date;
  std::optional<base::Minutes> clock;
  std::optional<base::Instant> exact;  // of RFC 3339; date and clock are then its local ones
};
std::optional<Moment> parse_moment(std::string_view text);

// What is wrong with a text that is no date or time, as the way out: a spreadsheet's own numbers, a
// year of two digits, the month first. `usual` when it is nothing of these.
std::string time_hint(std::string_view text, std::string_view usual);

std::string to_text(Date date);  // "2026-11-22"

}  // namespace tocsin::roster
