#include "roster/reading/row_marks.h"

#include <gtest/gtest.h>

namespace tocsin::roster {
namespace {

TEST(RowMarks, RowsThatDoNotCount) {
  EXPECT_TRUE(marks_void("Status", "Cancelled"));
  EXPECT_TRUE(marks_void("Status", "Not confirmed"));
  EXPECT_TRUE(marks_void("Cancelled", "Yes"));
  EXPECT_TRUE(marks_void("Is Cancelled?", "1"));
  EXPECT_TRUE(marks_void("Approved", "No"));
  EXPECT_TRUE(marks_void("Shift Status", "Unfilled"));
  EXPECT_FALSE(marks_void("Cancelled", "No"));
  EXPECT_FALSE(marks_void("Approved", "Yes"));
  EXPECT_FALSE(marks_void("Worked", "No")) << "of a shift to come";
  EXPECT_FALSE(marks_void("Notes", "swapped with Ben for the 12th of the month"));
  EXPECT_FALSE(marks_void("Notes", ""));
}

TEST(RowMarks, PeopleWhoAreAway) {
  EXPECT_TRUE(marks_away("Sick", "Y"));
  EXPECT_TRUE(marks_away("On Leave", "TRUE"));
  EXPECT_TRUE(marks_away("Available", "n"));
  EXPECT_FALSE(marks_away("Sick", "N"));
  EXPECT_FALSE(marks_away("Sick", ""));
  EXPECT_FALSE(marks_away("Band", "Y"));
}

TEST(RowMarks, HalfDays) {
  EXPECT_TRUE(marks_half_day("Session", "AM"));
  EXPECT_TRUE(marks_half_day("Half Day", "Yes"));
  EXPECT_TRUE(marks_half_day("Start Half", "Second"));
  EXPECT_TRUE(marks_half_day("Days", "0.5"));
  EXPECT_FALSE(marks_half_day("Half Day", "No"));
  EXPECT_FALSE(marks_half_day("Half Day", "Full"));
  EXPECT_FALSE(marks_half_day("Days", "1"));
  EXPECT_FALSE(marks_half_day("Notes", ""));
}

}  // namespace
}  // namespace tocsin::roster
