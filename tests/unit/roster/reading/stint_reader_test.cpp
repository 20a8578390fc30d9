#include "roster/reading/stint_reader.h"

#include "unit/roster/reading/reading.h"

namespace tocsin::roster {
namespace {

class StintReaderTest : public Reading {};

TEST_F(StintReaderTest, StrangersAreLeftOutWhenAsked) {
  const auto stints =
      csv("ID,Start,End\nE9,2026-07-22 08:00,20:00\nE1,2026-07-22 08:00,20:00\n", Strangers::skip);
  ASSERT_TRUE(stints);
  EXPECT_EQ(stints->size(), 1u);
  EXPECT_EQ(findings_.size(), 1u);
}

TEST_F(StintReaderTest, AStrangersWordsAreNotMissedWhenTheyAreLeftOut) {
  const char* const text =
      "ID,Start,End,Duty\nE9,2027-01-04 08:00,20:00,Zumba\n"
      "E9,2027-01-05 08:00,20:00,Day\n";
  EXPECT_TRUE(csv(text, Strangers::skip));
  EXPECT_FALSE(csv(text));
  ASSERT_EQ(unknown_.size(), 1u);
  EXPECT_TRUE(unknown_[0].people.empty());
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_EQ(findings_[0].message, "row 2, column \"ID\": \"E9\" is not on the roster (2 rows)");
}

TEST_F(StintReaderTest, LongDutiesAreNamedAndLongerOnesRefused) {
  EXPECT_TRUE(csv("ID,Start,End,Duty\nE1,2027-01-04 08:00,2027-02-04 08:00,On call\n"));
  EXPECT_EQ(first_message(), "row 2, column \"End\": an on-call of more than 8 days");
  EXPECT_FALSE(csv("ID,Start,End,Duty\nE1,2027-01-04 08:00,2027-06-04 08:00,On call\n"));
  EXPECT_EQ(first_message(), "row 2, column \"End\": an on-call of more than 92 days");
}

}  // namespace
}  // namespace tocsin::roster
