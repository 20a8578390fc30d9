// The events of an iCalendar file (RFC 5545); a repeated event is listed once for each repetition.
// Safe for hostile text: size, nesting, events and repetitions are limited, and one event at a time
// is parsed. Reads what a rota needs: no alarms, no free-busy, nothing that repeats within a day.
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
  std::size_t repetitions = 1'000'000;  // including those outside the window
};

// Returns the events that overlap from <= t < until, in the order of the file, without cancelled
// ones. A time without a zone is local. Faults go to `findings`; the events without a fault are
// returned all the same. Never throws because of the text.
std::vector<Event> parse_icalendar(std::string_view text, std::string_view file, base::Instant from,
                                   base::Instant until, Findings& findings,
                                   CalendarLimits limits = {});

}  // namespace tocsin::document
