#include "document/calendar/lines.h"

#include <gtest/gtest.h>

namespace tocsin::document {
namespace {

std::optional<CalendarCut> cut(std::string_view text, Findings& findings) {
  return cut_calendar(text, "rota.ics", findings);
}
CalendarCut sound(std::string_view text) {
  Findings findings;
  auto out = cut(text, findings);
  EXPECT_TRUE(out && !findings.has_errors()) << text;
  return out.value_or(CalendarCut{});
}

TEST(CalendarLines, CutsIntoComponentsAndReadsTheHead) {
  const auto out = sound(
      "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nX-WR-TIMEZONE:Europe/Lon\r\n don\r\nBEGIN:VTIMEZONE\r\n"
      "TZID:X\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nBEGIN:VTODO\r\nEND:VTODO"
      "\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nbegin:vevent\r\nend:vevent\r\nEND:VCALENDAR\r\n");
  ASSERT_EQ(out.calendars.size(), 2u);
  EXPECT_EQ(out.calendars[0].method, "cancel");
  EXPECT_EQ(out.calendars[0].zone_name, "Europe/London");
  EXPECT_EQ(out.calendars[1].method, "");
  ASSERT_EQ(out.components.size(), 3u);
  EXPECT_EQ(out.components[0].kind, Component::Kind::zone);
  EXPECT_EQ(out.components[1].line, 8);
  EXPECT_EQ(out.components[1].text, "BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n");
  EXPECT_EQ(out.components[2].calendar, 1u);
}

TEST(CalendarLines, WhatIsNotWholeIsMarkedAndSparesItsNeighbours) {
  const auto out = sound(
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VEVENT\nUID:2\nEND:VALARM\nEND:VEVENT\n"
      "BEGIN:VEVENT\nBEGIN:VALARM\nEND:VEVENT\nBEGIN:VEVENT\nUID:4\nEND:VEVENT\nEND:VCALENDAR\n");
  ASSERT_EQ(out.components.size(), 4u);
  ASSERT_TRUE(out.components[0].damage);
  EXPECT_EQ(out.components[0].damage->message, "END:vevent is missing");
  EXPECT_EQ(out.components[0].damage->line, 4);
  ASSERT_TRUE(out.components[1].damage);
  EXPECT_EQ(out.components[1].damage->message, "END:valarm without its BEGIN");
  ASSERT_TRUE(out.components[2].damage);
  EXPECT_EQ(out.components[2].damage->message, "END:valarm is missing");
  EXPECT_FALSE(out.components[3].damage);
}

// Otherwise each event after it would be a part of a task, and lost without a word.
TEST(CalendarLines, AMisspeltEndOfATaskHidesNoEvent) {
  const auto out = sound(
      "BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTOOD\nBEGIN:VEVENT\nEND:VEVENT\nBEGIN:VTODO\n"
      "BEGIN:VALARM\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n");
  ASSERT_EQ(out.components.size(), 2u);
  EXPECT_FALSE(out.components[0].damage || out.components[1].damage);
}

TEST(CalendarLines, AnEventThatTheCalendarEndsIsDamaged) {
  const auto out = sound("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VCALENDAR\n");
  ASSERT_EQ(out.components.size(), 1u);
  EXPECT_TRUE(out.components[0].damage);
}

TEST(CalendarLines, ACutOffFileIsRefused) {
  for (const char* text :
       {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n", "", "BEGIN:VEVENT\nEND:VEVENT\n"}) {
    Findings findings;
    EXPECT_FALSE(cut(text, findings)) << text;
    EXPECT_TRUE(findings.has_errors()) << text;
  }
}

std::string needed(std::string_view inside, std::string* damage = nullptr) {
  const std::string text = "BEGIN:VEVENT\r\n" + std::string{inside} + "END:VEVENT\r\n";
  Component component{Component::Kind::event, 1, 0, text, {}};
  std::string out = needed_lines(component);
  if (damage != nullptr && component.damage)
    *damage = std::to_string(component.damage->line) + ": " + component.damage->message;
  const std::string_view begin = "BEGIN:VEVENT\r\n", end = "END:VEVENT\r\n";
  return out.substr(begin.size(), out.size() - begin.size() - end.size());
}

TEST(CalendarLines, KeepsWhatARotaNeedsUnfolded) {
  EXPECT_EQ(needed("SUMMARY:Si\xc3\r\n \xa2n\r\nX-APPLE;X-TITLE=\"a:b\":geo\r\nLOCATION:\r\n"
                   "DESCRIPTION:x\r\n END: y\r\nBEGIN:VALARM\r\nTRIGGER\r\nEND:VALARM\r\n\r\n"
                   "dtstart:20270101T000000Z\r\n"),
            "SUMMARY:Si\xc3\xa2n\r\ndtstart:20270101T000000Z\r\n");
  // A text of several lines that are not folded, in a property that nobody looks at.
  EXPECT_EQ(needed("DESCRIPTION:Handover\r\nat eight\r\nBleep: 123\r\nthanks\r\nUID:1\r\n"),
            "UID:1\r\n");
  EXPECT_EQ(needed("RRULE:FREQ=WEEKLY;COUNT=-1;INTERVAL=4\r\nRRULE:FREQ=DAILY;COUNT=-1\r\n"),
            "RRULE:FREQ=WEEKLY;INTERVAL=4\r\nRRULE:FREQ=DAILY\r\n");
  EXPECT_EQ(needed("ATTENDEE;CN=Ana:\r\n"), "ATTENDEE;CN=Ana:none:\r\n");
  EXPECT_EQ(needed("EXDATE:\r\nRDATE;VALUE=DATE:\r\nEXRULE: \r\nUID:1\r\n"), "UID:1\r\n")
      << "empty lists";
}

TEST(CalendarLines, NamesWhatIsDamaged) {
  const struct {
    const char* lines;
    const char* damage;
  } cases[] = {{"UID:1\r\nhandover\r\n", "3: a line that is not iCalendar"},
               {"ATTENDEE;CN=\"Ana:mailto:x\r\n", "2: a line that is not iCalendar"},
               {"DESCRIPTION:x\r\nRRULE FREQ=DAILY\r\n", "3: a line that is not iCalendar"},
               {"DTEND:\r\n", "2: DTEND has no value"},
               {"RRULE:\r\n", "2: RRULE has no value"},
               {"DTSTART:20270101\r\nDTSTART:20270102\r\n", "3: two lines with DTSTART"}};
  for (const auto& one : cases) {
    std::string damage;
    needed(one.lines, &damage);
    EXPECT_EQ(damage, one.damage);
  }
}

TEST(CalendarLines, ATextIsUnfoldedAsAWhole) {
  EXPECT_EQ(unfolded("a:\xc3\r\n \xa2\r\nb:c\n\td\n"), "a:\xc3\xa2\nb:cd\n");
}

}  // namespace
}  // namespace tocsin::document
