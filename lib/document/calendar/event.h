// The stints that a calendar holds: who, where, when, and which version of what each one is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/instant.h"
#include "document/calendar/shift.h"
#include "document/finding.h"

namespace tocsin::document {

struct Attendee {
  std::string name;   // CN; may be empty
  std::string email;  // of a mailto: address, lower case; may be empty
};

// What an event takes the place of, when its series was read from another file.
enum class Replaces : std::uint8_t {
  everything,  // of its UID
  later,       // the repetitions of its UID from `begins` on (RANGE=THISANDFUTURE)
  repetition,  // the one whose first start is `original` (RECURRENCE-ID)
  day,         // the ones whose first start is on the local day of `original` (a RECURRENCE-ID
               // without a time)
};

struct Event {
  Place place;  // of its BEGIN:VEVENT; the same for each repetition
  std::string uid;
  std::string summary;
  std::string location;
  std::vector<std::string> categories;
  // Who takes part: nobody who declined or delegated, no room, nobody who only listens.
  std::vector<Attendee> attendees;
  base::Instant from{};
  base::Instant until{};
  // Which version of what this is. The higher sequence counts, then the later stamp.
  Replaces replaces = Replaces::everything;
  base::Instant original{};  // when it was to begin before it was moved
  base::Instant begins{};    // of a change of all later repetitions
  int sequence = 0;
  base::Instant stamp{};    // DTSTAMP; 1970 without one
  bool called_off = false;  // by STATUS or METHOD, or because everybody declined
};

// A change of all later repetitions whose series is in another file.
struct LaterChange {
  Event event;  // without times of its own
  Shift shift;
};

struct Calendar {
  std::vector<Event> events;  // in the order of the file
  // What was called off, by STATUS or METHOD, because everybody declined, or because nothing of a
  // series is left. Of use to whoever read an earlier version.
  std::vector<Event> cancelled;
  std::vector<LaterChange> changes_of_others = {};
};

struct CalendarLimits {
  std::size_t size_bytes = std::size_t{64} << 20;
  std::size_t event_bytes = std::size_t{256} << 10;
  std::size_t events = 300'000;   // with their repetitions
  std::size_t days = 50'000'000;  // that rules are tried on
};

}  // namespace tocsin::document
