// What a calendar's reader must be told about sound events, each kind once: how many there are of
// it, and where the first is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "document/finding.h"

namespace tocsin::document {

enum class Note : std::uint8_t {
  no_length,        // without DTEND and DURATION
  one_day,          // DTEND is the day of DTSTART
  first_unnamed,    // the rule of a series does not name its DTSTART
  in_gap,           // nothing is left of it after a clock change
  until_day,        // UNTIL is a day, and the series has times
  day_for_time,     // EXDATE, RDATE or RECURRENCE-ID is a day, and the series has times
  older,            // an older version
  twice,            // two events of one UID and version
  nobody,           // all attendees have declined or delegated
  tentative,        // an attendee has not decided
  tentative_event,  // STATUS:TENTATIVE
  unnamed,          // a change of a repetition that the series does not have
  other_time,       // an EXDATE of another time than the repetition of its day
};
inline constexpr std::size_t kNotes = 13;

class Notes {
 public:
  void add(Note note, const Place& place);
  // As warnings.
  void report(Findings& findings) const;

 private:
  struct Seen {
    std::size_t count = 0;
    Place first;
  };
  std::array<Seen, kNotes> seen_;
};

}  // namespace tocsin::document
