#include "roster/reading/table_reader.h"

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

}  // namespace
}  // namespace tocsin::roster
