#include "roster/reading/rota_import.h"

#include "unit/roster/reading/reading.h"

namespace tocsin::roster {
namespace {

class RotaImport : public Reading {};

TEST_F(RotaImport, AFileSaysItselfWhichOfTheTwoItIs) {
  const auto read = [&](std::string_view text, std::string_view now = "2026-11-22T12:00:00Z") {
    ReadRota out;
    read_rota(text, "rota", at(now), terms(), out);
    return settled(std::move(out));
  };
  const std::string calendar =
      "Begin:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
      "DTSTAMP:20261101T000000Z\r\nDTSTART:20261122T180000Z\r\nDTEND:20261123T080000Z\r\n"
      "SUMMARY:On call: Ana Bell\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  const auto from_calendar = read("\xef\xbb\xbf" + calendar);
  const auto from_table = read(
      "Employee Number,Start,End,Shift Type\n"
      "E1,2026-11-22T18:00:00Z,2026-11-23T08:00:00Z,On Call\n");
  ASSERT_TRUE(from_calendar && from_table) << first_message();
  EXPECT_EQ(*from_calendar, *from_table);
  EXPECT_EQ(read("\r\n\n" + calendar), from_calendar) << "blank lines say nothing";
  // What is long over counts no more, and what is far ahead does not yet.
  EXPECT_TRUE(read(calendar, "2027-01-22T12:00:00Z")->empty());
  EXPECT_TRUE(read(calendar, "2025-01-22T12:00:00Z")->empty());
  EXPECT_EQ(read(calendar, "2026-12-20T12:00:00Z")->size(), 1u);
}

TEST_F(RotaImport, WhatIsNamedAsACalendarIsToldOfAsOne) {
  const struct {
    std::string text;
    const char* message;
  } cases[] = {
      {"<!DOCTYPE html><html>Sign in</html>", "not an iCalendar file: it has no BEGIN:VCALENDAR"},
      {"", "not an iCalendar file: it has no BEGIN:VCALENDAR"},
      {std::string{"\xff\xfe"
                   "B\0E\0G\0I\0N\0:\0V\0",
                   16},
       "not UTF-8 text"}};
  for (const auto& one : cases) {
    ReadRota read;
    read_rota(one.text, "rota.ICS", at("2026-11-22T12:00:00Z"), terms(), read);
    EXPECT_FALSE(settled(std::move(read)));
    EXPECT_EQ(first_message(), one.message);
    EXPECT_EQ(findings_.front().hint.find("CSV"), std::string::npos);
  }
  ReadRota table;
  read_rota("Employee Number,Start,End\nE1,2026-11-22T18:00:00Z,2026-11-23T08:00:00Z\n", "rota.ics",
            at("2026-11-22T12:00:00Z"), terms(), table);
  EXPECT_TRUE(settled(std::move(table))) << "a table says itself what it is";
}

TEST_F(RotaImport, ATitleAboveOneColumnADayIsNamed) {
  for (const char* text : {"Theatres,December 2026,,,,\nName,1,2,3,4,5\nAna Bell,N,,,,\n",
                           "Name,,,\n,01/12/2026,02/12/2026,03/12/2026\nAna Bell,N,,\n"}) {
    ReadRota read;
    read_rota(text, "rota", at("2026-11-22T12:00:00Z"), terms(), read);
    EXPECT_FALSE(settled(std::move(read)));
    ASSERT_EQ(findings_.size(), 1u);
    EXPECT_EQ(first_message(), "row 1 is a title: the days are in row 2");
  }
}

TEST_F(RotaImport, HeadingsAloneTakeNobodyOffTheRota) {
  for (const char* text : {"ID,Start,End,Duty\n", "Name,04/01/2027,05/01/2027,06/01/2027\n"}) {
    ReadRota out;
    read_rota(text, "rota.csv", at("2026-11-22T12:00:00Z"), terms(), out);
    EXPECT_FALSE(settled(std::move(out)));
    EXPECT_EQ(first_message(), "headings, and no row below them");
  }
}

}  // namespace
}  // namespace tocsin::roster
