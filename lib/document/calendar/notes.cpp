#include "document/calendar/notes.h"

#include <fmt/format.h>

namespace tocsin::document {

namespace {

struct Words {
  std::string_view one;
  std::string_view many;  // of which there are {}
  std::string_view hint;
};
constexpr std::array<Words, kNotes> kNoteWords{{
    {"an event without DTEND or DURATION has no length", "{} events without DTEND or DURATION",
     "left out"},
    {"an event of a day ends on the day of its beginning", "{} events end on their first day",
     "read as the whole day"},
    {"the rule of a series does not name its DTSTART",
     "the rules of {} series do not name their DTSTART",
     "the rule is followed, and DTSTART is left out"},
    {"an event lies in the hour that a clock change skips",
     "{} events lie in the hour that a clock change skips", "left out"},
    {"UNTIL is a day, but the event has a time", "UNTIL is a day in {} events that have a time",
     "read to the end of that day"},
    {"EXDATE, RDATE or RECURRENCE-ID is a day, but the event has a time",
     "EXDATE, RDATE or RECURRENCE-ID is a day {} times, where the event has a time",
     "applied to that day"},
    {"an older version of an event", "{} older versions of events", "left out"},
    {"two events have one UID, and neither is newer",
     "{} events have the UID of another, and neither is newer", "all are read"},
    {"all attendees of an event have declined or delegated",
     "all attendees of {} events have declined or delegated", "nobody has this stint"},
    {"an attendee is tentative", "{} attendees are tentative", "read as coming"},
    {"an event is tentative (STATUS)", "{} events are tentative (STATUS)", "read as sure"},
    {"a change of a repetition that its series does not have",
     "{} changes of repetitions that their series do not have", "read all the same"},
    {"an EXDATE of another time than the repetition of that day",
     "EXDATE has another time than the repetition of that day {} times",
     "the repetition stays (RFC 5545, 3.8.5.1)"},
}};

}  // namespace

void Notes::add(Note note, const Place& place) {
  Seen& seen = seen_[static_cast<std::size_t>(note)];
  if (seen.count++ == 0) seen.first = place;
}

void Notes::report(Findings& findings) const {
  for (std::size_t i = 0; i < kNotes; ++i) {
    const Seen& seen = seen_[i];
    if (seen.count == 0) continue;
    std::string message =
        seen.count == 1
            ? std::string{kNoteWords[i].one}
            : fmt::format(fmt::runtime(kNoteWords[i].many), seen.count) + ", the first here";
    findings.warning(seen.first, std::move(message), std::string{kNoteWords[i].hint});
  }
}

}  // namespace tocsin::document
