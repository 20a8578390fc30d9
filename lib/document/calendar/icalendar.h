// The events of an iCalendar file (RFC 5545); a repeated event is listed once for each repetition.
// Safe for hostile text: size, nesting, events and repetitions are limited, and one event at a time
// is parsed. Reads what a rota needs: no alarms, no free-busy, nothing that repeats within a day.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "document/calendar/event.h"
#include "document/finding.h"

namespace tocsin::document {

// What to do with an event that cannot be read: refuse the file by an error, or leave the event out
// with a warning.
enum class Damaged : std::uint8_t { refuse, skip };

// Returns the events that overlap from <= t < until. A time without a zone is of X-WR-TIMEZONE, or
// else local. Faults go to `findings`; the events without a fault are returned all the same. Never
// throws because of the text.
Calendar read_calendar(std::string_view text, std::string_view file, base::Instant from,
                       base::Instant until, Findings& findings, CalendarLimits limits = {},
                       Damaged damaged = Damaged::refuse);

// The same without what was called off.
std::vector<Event> parse_icalendar(std::string_view text, std::string_view file, base::Instant from,
                                   base::Instant until, Findings& findings,
                                   CalendarLimits limits = {});

}  // namespace tocsin::document
