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
                "row 7, column \"Duty\": \"gardening\" is no duty that we know",
                "row 8, column \"End\": a duty of more than 8 days",
                "row 9, column \"End\": it ends before it begins",
                "row 10, column \"ID\": begins like a formula, which a spreadsheet would run"}));
}

TEST_F(TableReader, WordsOfTheFileCanBeMapped) {
  Mapping mapping;
  mapping.words["duty"]["ld"] = "on-duty";
  mapping.words["role"]["anaes-1st"] = "anaesthetist-on-call";
  const auto stints = csv("ID,Start,End,Duty,Role\nE1,2026-07-22 08:00,20:00,LD,Anaes 1st\n",
                          Strangers::refuse, mapping);
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ((*stints)[0].role.str(), "anaesthetist-on-call");
}

}  // namespace
}  // namespace tocsin::roster
