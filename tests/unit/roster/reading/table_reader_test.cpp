#include "roster/reading/table_reader.h"

#include <fmt/format.h>

#include "unit/roster/reading/reading.h"

namespace tocsin::roster {
namespace {

class TableReader : public Reading {};

TEST_F(TableReader, StampsOrClocksBesideADate) {
  const auto stints =
      csv("Employee Number,Date,Start,End,Shift Type,Role,Ward\n"
          "E1,22/07/2026,08:00,20:00,Long Day,,Emergency Medicine\n"
          "e1,2026-07-23,20:00,08:00,Night,,\n"
          "E2,,2026-07-22 18:00,2026-07-23T08:00:00Z,On Call,Anaesthetist on call,\n"
          "E2,25/07/2026,00:00,24:00,Annual Leave,,\n");
  ASSERT_TRUE(stints) << first_message();
  ASSERT_EQ(stints->size(), 4u);
  EXPECT_EQ((*stints)[0].from, at("2026-07-22T07:00:00Z"));
  EXPECT_EQ((*stints)[0].duty, Duty::on_duty);
  EXPECT_EQ((*stints)[0].ward.str(), "emergency-medicine");
  EXPECT_EQ((*stints)[1].person.str(), "E1");
  EXPECT_EQ((*stints)[1].until, at("2026-07-24T07:00:00Z"));
  EXPECT_EQ((*stints)[2].duty, Duty::on_call);
  EXPECT_EQ((*stints)[2].role.str(), "anaesthetist-on-call");
  EXPECT_EQ((*stints)[2].until, at("2026-07-23T08:00:00Z"));
  EXPECT_EQ((*stints)[3].duty, Duty::absent);
  EXPECT_EQ((*stints)[3].until - (*stints)[3].from, std::chrono::hours{24});
}

TEST_F(TableReader, EveryFaultAtOnce) {
  EXPECT_FALSE(
      csv("ID,Date,Start,End,Duty\n"
          "E9,22/07/2026,08:00,20:00,day\n"
          ",22/07/2026,08:00,20:00,day\n"
          "E1,22/13/2026,08:00,20:00,day\n"
          "E1,,08:00,20:00,day\n"
          "E1,22/07/2026,08:00,late,day\n"
          "E1,22/07/2026,08:00,20:00,gardening\n"
          "E1,22/07/2026,08:00,22/09/2026 08:00,day\n"
          "E1,22/07/2026,08:00,21/07/2026 08:00,day\n"
          "=E1,22/07/2026,08:00,20:00,day\n"));
  std::vector<std::string> messages;
  for (const auto& finding : findings_) messages.push_back(finding.message);
  EXPECT_EQ(messages,
            (std::vector<std::string>{
                "row 2, column \"ID\": \"E9\" is not on the roster",
                "row 3, column \"ID\": nobody is named",
                "row 4, column \"Date\": \"22/13/2026\" is no date",
                "row 5, column \"Start\": \"08:00\" is no time",
                "row 6, column \"End\": \"late\" is no time",
                "row 8, column \"End\": a duty of more than 31 days",
                "row 9, column \"End\": it ends before it begins",
                "row 10, column \"ID\": begins like a formula, which a spreadsheet would run"}));
}

TEST_F(TableReader, WordsOfTheFileCanBeMapped) {
  mapping_.words["duty"]["lx"] = "on-duty";
  mapping_.words["role"]["anaes-1st"] = "anaesthetist-on-call";
  const auto stints = csv("ID,Start,End,Duty,Role\nE1,2026-07-22 08:00,20:00,LX,Anaes 1st\n");
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ((*stints)[0].role.str(), "anaesthetist-on-call");
}

TEST_F(TableReader, AnEndDateIsReadAndEveryOtherColumnNamed) {
  const auto stints =
      csv("Employee Number,Start Date,Start Time,End Date,End Time,Duty,On-call Role,Bleep,\n"
          "E1,08/01/2027,17:00,11/01/2027,08:00,On call,anaesthetist,12,x\n"
          "E2,04/01/2027,00:00,18/01/2027,00:00,Annual leave,,,\n");
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ((*stints)[0].until, at("2027-01-11T08:00:00Z"));
  EXPECT_EQ((*stints)[1].until, at("2027-01-18T00:00:00Z"));
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_EQ(findings_[0].message,
            "row 1: not read, as no field has such a column: \"Bleep\", column 9 without a "
            "heading");
}

TEST_F(TableReader, WholeDaysAreForAbsencesAndUsualTimesForWords) {
  EXPECT_FALSE(csv("ID,Start Date,End Date,Duty\nE1,04/01/2027,11/01/2027,On call\n"));
  EXPECT_EQ(first_message(),
            "row 2, column \"Start Date\": \"04/01/2027\" is a day without a time of day");
  meanings_["on-call"] = {"On call", Duty::on_call, {}, base::Minutes{480}, base::Minutes{480}};
  const auto stints =
      csv("ID,Start Date,End Date,Duty\nE1,04/01/2027,11/01/2027,On call\n"
          "E2,04/01/2027,08/01/2027,Leave\n");
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ((*stints)[0].until, at("2027-01-11T08:00:00Z"));
  EXPECT_EQ((*stints)[1].until, at("2027-01-09T00:00:00Z"));
}

TEST_F(TableReader, WordsThatAreNotUnderstoodAreListed) {
  EXPECT_FALSE(
      csv("ID,Start,End,Duty\n"
          "E1,2027-01-04 08:00,20:00,Zumba\n"
          "E2,2027-01-04 08:00,20:00,gardening\n"
          "E1,2027-01-05 08:00,20:00,Gardening\n"
          "E1,2027-01-06 08:00,20:00,\n"));
  EXPECT_TRUE(findings_.empty()) << first_message();
  ASSERT_EQ(unknown_.size(), 3u);
  EXPECT_EQ(unknown_[0].text, "gardening");
  EXPECT_EQ(unknown_[0].count, 2u);
  EXPECT_EQ(unknown_[1].text, "") << "among duties an empty one is not understood";
  meanings_["zumba"].duty = Duty::off;
  meanings_["gardening"].duty = Duty::absent;
  meanings_[""].duty = Duty::on_duty;
  const auto stints =
      csv("ID,Start,End,Duty\n"
          "E1,2027-01-04 08:00,20:00,Zumba\n"
          "E2,2027-01-04 08:00,20:00,gardening\n"
          "E1,2027-01-06 08:00,20:00,\n");
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ(stints->size(), 2u);
}

TEST_F(TableReader, ATableWithoutDutiesListsShiftsOrPeopleOnCall) {
  const auto shifts = csv("ID,Start,End,Role,Duty\nE1,2027-01-04 08:00,20:00,Nurse,\n");
  ASSERT_TRUE(shifts) << first_message();
  EXPECT_EQ(shifts->front().duty, Duty::on_duty);
  const auto calls = csv("ID,Start,End,On-call Role\nE1,2027-01-04 08:00,20:00,anaesthetist\n");
  ASSERT_TRUE(calls) << first_message();
  EXPECT_EQ(calls->front().duty, Duty::on_call);
}

TEST_F(TableReader, AColumnOfAbsencesGoesBeforeTheShift) {
  const auto stints =
      csv("ID,Start Date,Start Time,End Time,Shift,Absence Reason\n"
          "E1,2027-01-04,08:00,20:00,Long day,Sick\n"
          "E2,2027-01-04,08:00,20:00,Long day,N/A\n"
          "E3,2027-01-04,08:00,20:00,Long day,\n");
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ((*stints)[0].duty, Duty::absent);
  EXPECT_EQ((*stints)[1].duty, Duty::on_duty);
  EXPECT_EQ((*stints)[2].duty, Duty::on_duty);
  const auto leave = csv("ID,Start Date,End Date,Leave Type\nE1,04/01/2027,08/01/2027,Annual\n");
  ASSERT_TRUE(leave) << first_message();
  EXPECT_EQ(leave->front().duty, Duty::absent);
  EXPECT_EQ(leave->front().until, at("2027-01-09T00:00:00Z"));
  EXPECT_EQ(csv("Name,Leave Start,Leave End,Leave Type\nAna Bell,04/01/2027,08/01/2027,Annual\n"),
            leave);
  EXPECT_FALSE(csv("ID,Start Date,End Date,Leave Type\nE1,04/01/2027,08/01/2027,Requested\n"));
  EXPECT_FALSE(csv("ID,Start Date,End Date,Leave Type\nE1,04/01/2027,08/01/2027,\n"));
}

TEST_F(TableReader, TheSameRowIsTheSameWhateverStandsBeforeIt) {
  const std::string header = "ID,Date,Start,End,Duty\n";
  const std::string row = "E1,31/10/2027,01:30,08:00,On call\n";
  for (const char* before :
       {"E2,01/07/2027,08:00,20:00,On call\n", "E2,01/12/2026,08:00,20:00,On call\n", ""}) {
    const auto stints = csv(header + before + row);
    ASSERT_TRUE(stints) << first_message();
    EXPECT_EQ(stints->front().from, at("2027-10-31T00:30:00Z")) << before;
  }
}

TEST_F(TableReader, AnHourThatTheClocksSkipIsLeftOutWithANote) {
  const auto stints =
      csv("ID,Date,Start,End,Duty\nE1,28/03/2027,01:00,02:00,On call\n"
          "E2,28/03/2027,02:00,08:00,On call\n");
  ASSERT_TRUE(stints) << first_message();
  ASSERT_EQ(stints->size(), 1u);
  EXPECT_EQ(stints->front().from, at("2027-03-28T01:00:00Z"));
  EXPECT_EQ(findings_.size(), 1u);
}

TEST_F(TableReader, FullDaysMeetAtMidnightWithOneNote) {
  const auto stints =
      csv("ID,Date,Start,End,Duty\nE1,04/01/2027,00:00,23:59,On call\n"
          "E2,05/01/2027,00:00,23:59,On call\n");
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ((*stints)[0].until, (*stints)[1].from);
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_EQ(findings_[0].message,
            "row 2, column \"End\": a minute before the hour is read as the hour (2 rows)");
}

TEST_F(TableReader, NumbersOfASpreadsheetAreRefusedWithWhatTheyMean) {
  EXPECT_FALSE(csv("ID,Date,Start,End,Duty\nE1,46391,0.8333333,0.3333333,On call\n"));
  ASSERT_FALSE(findings_.empty());
  EXPECT_TRUE(findings_[0].hint.starts_with("a spreadsheet's own number for 20:00"))
      << findings_[0].hint;
}

TEST_F(TableReader, APersonMayBeNamed) {
  EXPECT_TRUE(csv("Name,Start,End\n\"Bell, Ana\",2027-01-04 08:00,20:00\n")) << first_message();
  EXPECT_FALSE(csv("Name,Start,End\nBen Cole,2027-01-04 08:00,20:00\n")) << "two have that name";
}

TEST_F(TableReader, AnAbsenceWithoutAnEndIsNotTakenForADay) {
  EXPECT_FALSE(
      csv("ID,Absence Type,Absence Start Date,Absence End Date\n"
          "E1,Sickness,04/01/2027,\nE2,Sickness,05/01/2027,\n"));
  EXPECT_EQ(first_message(), "an absence without an end, which may go on (2 rows)");
  EXPECT_FALSE(csv("ID,Duty,From,Until\nE1,Sick,04/01/2027,\n"));
  const auto day =
      csv("ID,Duty,Date,Start,End\nE1,Sick,04/01/2027,,\nE2,LD,04/01/2027,8:00,9:00\n");
  ASSERT_TRUE(day) << first_message();
  EXPECT_EQ(day->front().until, at("2027-01-05T00:00:00Z"));
}

TEST_F(TableReader, NobodyIsOnDutyWhomAnotherColumnSaysToBeAway) {
  const std::string times = ",2027-01-04 08:00,20:00\n";
  for (const char* row :
       {"Comment,Start,End\nE1,Annual leave", "Ward,Start,End\nE1,Annual leave",
        "Role,Start,End\nE1,Off sick", "Duty,Notes,Start,End\nE1,On call,SICK",
        "Duty,Status,Start,End\nE1,On call,Cancelled",
        "Duty,Status,Start,End\nE1,Annual leave,Rejected", "Duty,Notes,Start,End\nE1,LD,A/L",
        "Duty,Location,Start,End\nE1,LD,Leave"}) {
    EXPECT_FALSE(csv("ID," + std::string{row} + times)) << row;
    EXPECT_EQ(unknown_.size(), 1u) << row;
  }
  for (const char* row :
       {"Comment,Start,End\nE1,swap with Ben", "Status,Start,End\nE1,Confirmed",
        "Day Type,Start,End\nE1,Bank holiday", "Duty,Notes,Start,End\nE1,Annual leave,Annual leave",
        "Duty,Covering,Start,End\nE1,LD,Ben Cole (sick)",
        "Duty,Notes,Start,End\nE1,LD,took over as the other one is off sick now"})
    EXPECT_TRUE(csv("ID," + std::string{row} + times)) << row << first_message();
  const std::string noted = "ID,Duty,Notes,Start,End\nE1,On call,Sick" + times;
  EXPECT_FALSE(csv(noted));
  EXPECT_EQ(unknown_.front().text, "Notes: Sick");
  meanings_[duty_key("Notes: Sick")] = {"Notes: Sick", Duty::absent, {}, {}, {}};
  const auto stints = csv(noted);
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ(stints->front().duty, Duty::absent);
  meanings_[duty_key("Notes: Sick")].duty = Duty::on_duty;
  EXPECT_EQ(csv(noted)->front().duty, Duty::on_call) << "the column says nothing";
}

TEST_F(TableReader, OfTwoColumnsForOneFieldNoneIsGuessed) {
  const std::string header = "ID,Duty,Date,Start Date,Start,End\n";
  EXPECT_FALSE(csv(header + "E1,LD,01/12/2026,05/12/2026,08:00,20:00\n"));
  ASSERT_EQ(findings_.size(), 2u) << "the column is named as not read, too";
  EXPECT_EQ(findings_.back().message,
            "row 2: the columns \"Date\" and \"Start Date\" say different times");
  EXPECT_TRUE(csv(header + "E1,LD,05/12/2026,2026-12-05,08:00,20:00\n")) << first_message();
  mapping_.columns["date"] = {"Start Date"};
  const auto stints = csv(header + "E1,LD,01/12/2026,05/12/2026,08:00,20:00\n");
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ(stints->front().from, at("2026-12-05T08:00:00Z"));
}

TEST_F(TableReader, TimesMayStandInTheShiftOrInOneColumn) {
  const auto stints =
      csv("Name,Date,Shift\nAna Bell,05/12/2026,Night shift 20:00-08:00\n"
          "Ana Bell,07/12/2026,Annual leave\n");
  ASSERT_TRUE(stints) << first_message();
  ASSERT_EQ(stints->size(), 2u);
  EXPECT_EQ((*stints)[0].until, at("2026-12-06T08:00:00Z"));
  EXPECT_EQ((*stints)[1].until, at("2026-12-08T00:00:00Z"));
  const auto times = csv("Name,Date,Time\nAna Bell,05/12/2026,20:00-08:00\n");
  ASSERT_TRUE(times) << first_message();
  EXPECT_EQ(times->front().until, at("2026-12-06T08:00:00Z"));
  EXPECT_FALSE(csv("Name,Date,Shift\nAna Bell,05/12/2026,LD\nAna Bell,06/12/2026,LD\n"));
  EXPECT_EQ(first_message(), "\"LD\" has no times of day (2 rows)");
  EXPECT_FALSE(csv("Name,Date,Shift\nAna Bell,05/12/2026,LD until 15:00\n"));
  EXPECT_EQ(first_message(), "\"LD until 15:00\" has times that are not understood");
  EXPECT_FALSE(csv("Name,Start,Duty\nAna Bell,05/12/2026 20:00,On call\n"));
  EXPECT_EQ(first_message(), "row 2, column \"Duty\": no time of day");
  meanings_[duty_key("LD")] = {"LD", Duty::on_duty, {}, base::Minutes{450}, base::Minutes{1200}};
  const auto words = csv("Name,Date,Shift\nAna Bell,05/12/2026,LD\n");
  ASSERT_TRUE(words) << first_message();
  EXPECT_EQ(words->front().until, at("2026-12-05T20:00:00Z"));
}

TEST_F(TableReader, SeveralColumnsMaySayThatSomebodyIsAway) {
  const auto stints =
      csv("ID,Absence Category,Absence Type,Start Date,End Date\n"
          "E1,Sickness,,04/01/2027,05/01/2027\nE2,-,Annual,04/01/2027,05/01/2027\n");
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ(stints->size(), 2u);
  for (const char* none : {"N", "Nil", "Not applicable", "Present", "-"})
    EXPECT_EQ(
        csv("ID,Shift,Absence,Start,End\nE1,LD," + std::string{none} + ",2027-01-04 08:00,20:00\n")
            ->front()
            .duty,
        Duty::on_duty)
        << none;
}

TEST_F(TableReader, DatesWithTheMonthFirstAreNotReadAsOtherDays) {
  const std::string head = "ID,Date,Start,End,Day\n";
  EXPECT_FALSE(csv(head + "E1,12/01/2026,20:00,08:00,\nE1,12/02/2026,20:00,08:00,\n"
                          "E1,12/03/2026,20:00,08:00,\n"));
  EXPECT_EQ(
      findings_.back().message,
      "row 2, column \"Date\": the dates are months apart, as days with the month first would "
      "be");
  EXPECT_FALSE(csv(head + "E1,01/04/2027,20:00,08:00,Monday\n"));
  EXPECT_EQ(findings_.back().message, "\"Day\" says another day of the week than the date has");
  EXPECT_TRUE(csv(head + "E1,04/01/2027,20:00,08:00,Monday\n")) << first_message();
  EXPECT_EQ(first_message(), "row 1: not read, as no field has such a column: \"Day\"");
  EXPECT_TRUE(csv("ID,Date,Start,End\nE1,01/04/2027,8:00 PM,8:00 AM\n"));
  EXPECT_EQ(first_message(),
            "row 2, column \"Date\": nothing says whether day or month stands first: read with the "
            "day first");
}

TEST_F(TableReader, ACellBesideTheDutySaysThatItsRowDoesNotCount) {
  const std::string head = "ID,Date,Start,End,Duty,";
  const std::string row = "\nE1,04/01/2027,20:00,08:00,On call,";
  for (const auto& [heading, cell] : {std::pair{"Cancelled", "Yes"},
                                      {"Approved", "No"},
                                      {"Status", "Requested"},
                                      {"Sick", "Y"},
                                      {"On Leave", "TRUE"},
                                      {"Available", "N"}}) {
    EXPECT_FALSE(csv(fmt::format("{}{}{}{}\n", head, heading, row, cell))) << heading;
    ASSERT_EQ(unknown_.size(), 1u) << heading;
    EXPECT_EQ(unknown_[0].text, std::string{heading} + ": " + cell);
  }
  EXPECT_TRUE(csv(head + "Cancelled" + row + "No\n")) << first_message();
}

TEST_F(TableReader, HalfADayOfLeaveIsNotAWholeOne) {
  const char* leave =
      "ID,Start Date,End Date,Leave Type,Half Day\nE1,04/01/2027,04/01/2027,Annual,AM\n";
  EXPECT_FALSE(csv(leave));
  ASSERT_EQ(unknown_.size(), 1u);
  EXPECT_EQ(unknown_[0].text, "Half Day: AM");
  meanings_["half-day-am"] = {
      "Half Day: AM", Duty::absent, {}, base::Minutes{0}, base::Minutes{720}};
  const auto stints = csv(leave);
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ(stints->front().until, at("2027-01-04T12:00:00Z"));
}

TEST_F(TableReader, ARoleThatSaysOnCallIsNoDutyInTheBuilding) {
  const auto stints =
      csv("Name,Role,Start,End\n"
          "Ana Bell,On call anaesthetist,04/01/2027 20:00,05/01/2027 08:00\n"
          "Zoe Park,Anaesthetist,04/01/2027 08:00,04/01/2027 20:00\n");
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ((*stints)[0].duty, Duty::on_call);
  EXPECT_EQ((*stints)[0].role.str(), "anaesthetist");
  EXPECT_EQ((*stints)[1].duty, Duty::on_duty);
}

TEST_F(TableReader, AnIdBesideAnotherPersonsNameIsAFault) {
  EXPECT_FALSE(csv("ID,Name,Date,Start,End,Duty\nE1,Zoe Park,04/01/2027,20:00,08:00,On call\n"));
  EXPECT_EQ(findings_.back().message,
            "row 2, column \"ID\": \"E1\" is another person, and \"Name\" says \"Zoe Park\"");
  EXPECT_TRUE(
      csv("ID,Name,Date,Start,End,Duty\nE1,\"BELL, Ana\",04/01/2027,20:00,08:00,On call\n"
          "E4,Z. Park,04/01/2027,20:00,08:00,On call\n"));
}

TEST_F(TableReader, TimesAsDatabasesAndNewerSpreadsheetsWriteThem) {
  const auto stints =
      csv("ID,Start,End,Duty\n"
          "E1,2027-07-04 20:00:00+00:00,2027-07-05 08:00:00+01:00,On call\n"
          "\u00a0E4\u00a0,04/07/2027 8:00\u202fPM,05/07/2027 8:00\u202fAM,On\u00a0call\n");
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ((*stints)[0].from, at("2027-07-04T20:00:00Z"));
  EXPECT_EQ((*stints)[0].until, at("2027-07-05T07:00:00Z"));
  EXPECT_EQ((*stints)[1].from, at("2027-07-04T19:00:00Z"));
}

}  // namespace
}  // namespace tocsin::roster
