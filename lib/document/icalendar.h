// Events of an iCalendar file (RFC 5545) with their repetitions laid out as instants. Safe for
// hostile text: capped size, nesting, events and repetitions; one event is in memory at a time.
// Reads what a rota needs: no alarms, no free-busy, no repetition finer than a day.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "document/finding.h"

namespace tocsin::document {

struct Attendee {
  std::string name;   // CN; may be empty
  std::string email;  // of a mailto: address, lower case; may be empty
};

struct Event {
  Place place;  // of its BEGIN:VEVENT; the same for each repetition
  std::string uid;
  std::string summary;
  std::string location;
  std::vector<std::string> categories;
  std::vector<Attendee> attendees;
  base::Instant from{};
  base::Instant until{};
};

struct CalendarLimits {
  std::size_t size_bytes = std::size_t{8} << 20;
  std::size_t event_bytes = std::size_t{64} << 10;
  std::size_t events = 100'000;         // with their repetitions
  std::size_t repetitions = 1'000'000;  // looked at, also those outside the window
};

// Events that touch from <= t < until, in the order of the file; cancelled ones are left out. Times
// without a zone are local. Faults go to `findings`; events without one are returned in any case.
// Never throws on any text.
std::vector<Event> parse_icalendar(std::string_view text, std::string_view file, base::Instant from,
                                   base::Instant until, Findings& findings,
                                   CalendarLimits limits = {});

}  // namespace tocsin::document
