#include "roster/reading/row_reader.h"

#include <fmt/format.h>

#include <utility>

#include "unit/roster/reading/reading.h"

namespace tocsin::roster {
namespace {

class RowReaderTest : public Reading {
 protected:
  // One row of a shift with a cell more, whose column nobody reads.
  std::optional<std::vector<Stint>> beside(std::string_view heading, std::string_view cell,
                                           std::string_view duty = "LD") {
    return csv(fmt::format("ID,Date,Start,End,Duty,{}\nE1,04/01/2027,08:00,20:00,{},\"{}\"\n",
                           heading, duty, cell));
  }
};

TEST_F(RowReaderTest, WhoHasTheShiftNowStandsInAnotherColumn) {
  for (const char* heading :
       {"Swapped With", "Covered By", "Replaced By", "Given To", "Cancelled At", "deleted_at",
        "Cancelled By", "Cancellation Reason", "Removed At"}) {
    EXPECT_FALSE(beside(heading, "Zoe Park")) << heading;
    ASSERT_EQ(unknown_.size(), 1u) << heading;
    EXPECT_EQ(unknown_[0].text, std::string{heading} + ": Zoe Park");
    for (const char* none : {"", "-", "NULL", "\\N", "n/a", "00/00/0000"})
      EXPECT_TRUE(beside(heading, none)) << heading << none << first_message();
  }
  EXPECT_TRUE(beside("Covered By", "Zoe Park", "Annual leave")) << "of an absence it is no matter";
}

TEST_F(RowReaderTest, NotesMaySayThatSomebodyIsAway) {
  for (const char* note : {"Rang in sick", "called in sick 03/01", "Sick - covered by Ben",
                           "on annual leave until 8/1", "Cancelled by ward", "Given to Ben"})
    EXPECT_FALSE(beside("Notes", note)) << note;
  for (const char* note : {"Bring ID badge", "covering for Ben (sick)", "Bleep 1234"})
    EXPECT_TRUE(beside("Notes", note)) << note << first_message();
  EXPECT_TRUE(beside("Ward", "Holiday camp unit")) << "no column of notes";
}

TEST_F(RowReaderTest, OnCallInAnotherColumnIsNoDutyInTheBuilding) {
  EXPECT_FALSE(beside("On Call", "Yes"));
  EXPECT_TRUE(beside("On Call", "No")) << first_message();
  EXPECT_EQ(beside("On Call", "Yes", "On call")->front().duty, Duty::on_call);
  meanings_[duty_key("On Call: Yes")] = {"On Call: Yes", Duty::on_call, {}, {}, {}};
  EXPECT_EQ(beside("On Call", "Yes")->front().duty, Duty::on_call);
  EXPECT_FALSE(beside("On Call", "1st"));
  EXPECT_FALSE(beside("Shift", "On call")) << "a rival of the column that was taken";
  const auto calls = csv("ID,Start,End,On Call\nE1,2027-01-04 08:00,20:00,Y\n");
  ASSERT_TRUE(calls) << first_message();
  EXPECT_EQ(calls->front().duty, Duty::on_call);
  const auto role = csv(
      "ID,Start,End,On-call Role\nE1,2027-01-04 08:00,20:00,None\nE4,2027-01-04 08:00,20:00,Yes\n");
  ASSERT_TRUE(role) << first_message();
  EXPECT_EQ((*role)[0].duty, Duty::on_duty);
  EXPECT_EQ((*role)[1].duty, Duty::on_call);
  EXPECT_EQ((*role)[1].role.str(), "");
}

TEST_F(RowReaderTest, OfATableWithoutADutyAnotherColumnMaySayIt) {
  for (const char* column : {"Subject|On call", "Comment|standby"}) {
    const std::string_view text = column;
    const auto bar = text.find('|');
    EXPECT_FALSE(csv(fmt::format("ID,Start,End,{}\nE1,2027-01-04 08:00,20:00,{}\n",
                                 text.substr(0, bar), text.substr(bar + 1))))
        << column;
    EXPECT_EQ(unknown_.size(), 1u) << column;
  }
  EXPECT_TRUE(beside("Subject", "On call next week")) << "the duty says it";
}

TEST_F(RowReaderTest, ARoleInQuestionIsNone) {
  for (const char* role : {"SWAP", "TBC", "?"}) {
    EXPECT_FALSE(
        csv(fmt::format("ID,Start,End,On-call Role\nE1,2027-01-04 08:00,20:00,{}\n", role)));
    ASSERT_EQ(unknown_.size(), 1u) << role;
    EXPECT_EQ(unknown_[0].text, std::string{"On-call Role: "} + role);
  }
  for (const char* role : {"No", "None", "N/A", "-"})
    EXPECT_EQ(csv(fmt::format("ID,Start,End,On-call Role\nE1,2027-01-04 08:00,20:00,{}\n", role))
                  ->front()
                  .duty,
              Duty::on_duty)
        << role;
}

TEST_F(RowReaderTest, ANameThatSharesNoWordIsAnothersEvenWhenNobodyOfItIsKnown) {
  const auto named = [&](std::string_view name) {
    return csv(fmt::format("ID,Name,Date,Start,End,Duty\nE1,{},04/01/2027,08:00,20:00,LD\n", name));
  };
  EXPECT_FALSE(named("Peter Pan"));
  EXPECT_FALSE(named("Ben Cole")) << "two people have that name, and E1 is neither";
  for (const char* name : {"Ana Jones", "A. Smith", "Bell", "X12", ""})
    EXPECT_TRUE(named(name)) << name << first_message();
}

TEST_F(RowReaderTest, ANameInDoubtIsNobody) {
  for (const char* name : {"Ana Bell?", "~~Ana Bell~~", "Ana Bell ❌", "A̶n̶a̶ B̶e̶l̶l̶"}) {
    EXPECT_FALSE(csv(fmt::format("Name,Start,End\n{},2027-01-04 08:00,20:00\n", name)));
    EXPECT_NE(first_message().find("is in doubt"), std::string::npos) << first_message();
  }
}

TEST_F(RowReaderTest, AnAbsenceWhoseEndStandsInAColumnThatIsNotRead) {
  EXPECT_FALSE(csv("ID,Leave From,Return Date,Leave Type\nE1,04/01/2027,11/01/2027,Annual\n"));
  EXPECT_EQ(findings_.back().message,
            "an absence without an end beside \"Return Date\", which is not read");
}

TEST_F(RowReaderTest, AnAbsenceHasItsHours) {
  const auto stints = csv(
      "ID,Absence Type,Absence Start Date,Absence Start Time,Absence End Date,Absence End Time\n"
      "E1,Annual Leave,04/01/2027,09:00,04/01/2027,13:00\n"
      "E4,Sick,04/01/2027,20:00,05/01/2027,08:00\n");
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ((*stints)[0].from, at("2027-01-04T09:00:00Z"));
  EXPECT_EQ((*stints)[0].until, at("2027-01-04T13:00:00Z"));
  EXPECT_EQ((*stints)[1].until, at("2027-01-05T08:00:00Z"));
}

TEST_F(RowReaderTest, AListOfAbsencesWithoutTheirKindIsNoListOfShifts) {
  for (const char* text :
       {"ID,Leave Start,Leave End\nE1,04/01/2027,04/01/2027\n",
        "ID,Absence Start Date,Absence Start Time,Absence End Date,Absence End Time\n"
        "E1,04/01/2027,08:00,04/01/2027,20:00\n"}) {
    const auto stints = csv(text);
    ASSERT_TRUE(stints) << first_message();
    EXPECT_EQ(stints->front().duty, Duty::absent) << text;
  }
  const char* reasons = "ID,Start,End,Reason\nE1,2027-01-04 08:00,20:00,Jury\n";
  EXPECT_FALSE(csv(reasons));
  ASSERT_EQ(unknown_.size(), 1u);
  EXPECT_EQ(unknown_[0].text, "Reason: Jury");
  meanings_[duty_key("Reason: Jury")] = {"Reason: Jury", Duty::absent, {}, {}, {}};
  ASSERT_TRUE(csv(reasons)) << first_message();
  EXPECT_EQ(csv(reasons)->front().duty, Duty::absent);
  meanings_[duty_key("Reason: Jury")].duty = Duty::on_duty;
  EXPECT_EQ(csv(reasons)->front().duty, Duty::on_duty);
}

TEST_F(RowReaderTest, HalfADayInTheWordIsNotAWholeOne) {
  for (const char* leave : {"AL AM", "Leave (pm)", "½ day leave", "0.5 AL"}) {
    EXPECT_FALSE(csv(fmt::format("ID,Date,Duty\nE1,04/01/2027,{}\n", leave))) << leave;
    EXPECT_EQ(unknown_.size(), 1u) << leave;
  }
  EXPECT_EQ(csv("ID,Date,Duty\nE1,04/01/2027,AL 09:00-13:00\n")->front().until,
            at("2027-01-04T13:00:00Z"));
  EXPECT_TRUE(csv("ID,Date,Start,End,Duty\nE1,04/01/2027,09:00,13:00,AL AM\n")) << first_message();
}

}  // namespace
}  // namespace tocsin::roster
