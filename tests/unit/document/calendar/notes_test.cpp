#include "document/calendar/notes.h"

#include <gtest/gtest.h>

namespace tocsin::document {
namespace {

TEST(CalendarNotes, EachKindIsSaidOnceWithItsNumber) {
  Notes notes;
  notes.add(Note::no_length, {"a.ics", 9, 1});
  for (int line = 20; line < 448; ++line) notes.add(Note::tentative, {"a.ics", line, 1});
  Findings findings;
  notes.report(findings);
  const auto sorted = findings.sorted();
  ASSERT_EQ(sorted.size(), 2u);
  EXPECT_EQ(to_text(sorted[0]),
            "a.ics:9:1: warning: an event without DTEND or DURATION has no length");
  EXPECT_EQ(sorted[0].hint, "left out");
  EXPECT_EQ(to_text(sorted[1]), "a.ics:20:1: warning: 428 attendees are tentative, the first here");
}

}  // namespace
}  // namespace tocsin::document
