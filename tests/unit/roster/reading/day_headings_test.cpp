#include "roster/reading/day_headings.h"

#include <gtest/gtest.h>

#include <string>

namespace tocsin::roster {
namespace {

class DayHeadings : public ::testing::Test {
 protected:
  static Heading kind(std::string_view text) { return day_heading(text).is; }

  // The days as one text, or the first fault.
  std::string read(std::string_view text) {
    document::Findings findings;
    const auto table = document::parse_csv(text, "rota.csv", findings);
    if (!has_day_headings(*table)) return "no days";
    const auto days = read_day_headings(*table, findings);
    if (!days) {
      const auto sorted = findings.sorted();
      hint_ = sorted.front().hint;
      return sorted.front().message;
    }
    std::string out;
    for (const auto& [column, date] : *days)
      out += std::to_string(column) + " " + to_text(date) + "; ";
    return out;
  }
  static std::optional<int> titled(std::string_view text) {
    document::Findings findings;
    return row_of_days(*document::parse_csv(text, "rota.csv", findings));
  }
  std::string hint_;
};

TEST_F(DayHeadings, SayWhatTheyAre) {
  for (const char* text :
       {"01/12/2026", "2026-12-01", "Tue 01/12/2026", "1-Dec-2026", "Tuesday, 1 December 2026"})
    EXPECT_EQ(kind(text), Heading::day) << text;
  for (const char* text : {"01/12/26", "12/25/2026", "46391", "1-Dec-26", "Tue 01/12/26"})
    EXPECT_EQ(kind(text), Heading::misspelt) << text;
  for (const char* text : {"Mon 4", "04-Jan", "4/12", "Tues", "Weds", "31"})
    EXPECT_EQ(kind(text), Heading::day_alone) << text;
  for (const char* text : {"Name", "Monthly hours", "Total", "", "Start Date", "Month", "1001234"})
    EXPECT_EQ(kind(text), Heading::other) << text;
}

TEST_F(DayHeadings, DaysAreRead) {
  EXPECT_EQ(read("Name,Hours,Tue 01/12/2026,02/12/2026,03/12/2026,Total\nx,37.5,N,N,N,3\n"),
            "2 2026-12-01; 3 2026-12-02; 4 2026-12-03; ");
  EXPECT_EQ(read("Name,30/11/2026,01/12/2026,02/12/2026\nx,N,N,N\n"),
            "1 2026-11-30; 2 2026-12-01; 3 2026-12-02; ");
  EXPECT_EQ(read("Name,Date,Start,End,Duty\n"), "no days");
}

TEST_F(DayHeadings, WhatCouldBeAnotherDayIsAFault) {
  EXPECT_EQ(read("Name,12/01/2026,12/02/2026,12/03/2026,12/04/2026\nx,N,N,N,N\n"),
            "row 1: the days are a month apart, as dates with the month first would be");
  EXPECT_EQ(read("Name,12/11/2026,12/12/2026,12/13/2026\nx,N,N,N\n"),
            "row 1, column \"12/13/2026\": a day in a form that is not read");
  EXPECT_EQ(hint_, "the day stands first: 22/11/2026, or write 2026-11-22");
  EXPECT_EQ(read("Name,Mon 12/01/2026,Tue 12/02/2026,Wed 12/03/2026\nx,N,N,N\n"),
            "row 1, column \"Tue 12/02/2026\": 2026-02-12 is another day of the week");
  EXPECT_EQ(read("Name,01/12/26,02/12/26,03/12/26\nx,N,N,N\n"),
            "row 1, column \"01/12/26\": a day in a form that is not read");
  EXPECT_EQ(hint_, "write the year with four digits: 22/11/2026");
  EXPECT_EQ(read("Name,46357,46358,46359\nx,N,N,N\n"),
            "row 1, column \"46357\": a day in a form that is not read");
  EXPECT_EQ(hint_.substr(0, 40), "a spreadsheet's own number for 2026-12-0");
}

TEST_F(DayHeadings, NoDayIsLostBesideOthers) {
  EXPECT_EQ(read("Name,01/12/2026,02/12/2026,03/12/2026,4/12\nx,N,N,N,AL\n"),
            "row 1, column \"4/12\": a day without its year, beside days that have theirs");
  EXPECT_EQ(read("Name,01/12/2026,02/12/2026,,04/12/2026\nx,N,N,AL,N\n"),
            "row 1: column 4 stands between days and has no date");
  EXPECT_EQ(read("Name,01/12/2026,02/12/2026,,04/12/2026\nx,N,N,,N\n"),
            "1 2026-12-01; 2 2026-12-02; 4 2026-12-04; ");
}

TEST_F(DayHeadings, TheDayOfTheWeekMayStandAboveTheDate) {
  EXPECT_EQ(read("Name,\"Tue\n01/12/2026\",\"Wed\r\n02/12/2026\",Thu 03/12/2026\nx,N,N,N\n"),
            "1 2026-12-01; 2 2026-12-02; 3 2026-12-03; ");
}

TEST_F(DayHeadings, ADayHasOneColumn) {
  EXPECT_EQ(read("Name,01/12/2026,01/12/2026,02/12/2026\nx,N,AL,N\n"),
            "row 1, column \"01/12/2026\": a second column of that day");
}

TEST_F(DayHeadings, OnlyNamesOfDaysLeaveTheYearOpen) {
  EXPECT_EQ(read("Name,Mon,Tue,Wed,Thu,Fri,Sat,Sun\nx,N,N,N,N,N,,\n"),
            "row 1: there is one column a day, but their headings leave the year open");
}

TEST_F(DayHeadings, ATitleAboveThemIsFound) {
  EXPECT_EQ(titled("Theatres,December 2026,,,,\nName,1,2,3,4,5\nx,N,N,N,N,N\n"), 2);
  EXPECT_EQ(titled("Rota,,,\n,,,\nName,01/12/2026,02/12/2026,03/12/2026\nx,N,N,N\n"), 3);
  EXPECT_EQ(titled("Name,Duty\nx,N\n"), std::nullopt);
}

}  // namespace
}  // namespace tocsin::roster
