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
  EXPECT_TRUE(marks_void("Booking Status", "Cancelled by the bank office"));
  EXPECT_TRUE(marks_void("Status", "Cancelled (late)"));
  EXPECT_TRUE(marks_void("is_active", "0"));
  EXPECT_TRUE(marks_void("deletedAt", "2026-12-01T09:00:00Z"));
  EXPECT_TRUE(marks_void("No Show", "Y"));
  EXPECT_FALSE(marks_void("deleted_at", "NULL"));
  EXPECT_FALSE(marks_void("Released On", "01/12/2026")) << "when the rota was published";
}

TEST(RowMarks, ShiftsThatSomebodyElseHas) {
  EXPECT_TRUE(marks_given("Swapped With", "Ben Cole"));
  EXPECT_TRUE(marks_given("Covered by", "E2"));
  EXPECT_FALSE(marks_given("Swapped With", "-"));
  EXPECT_FALSE(marks_given("Covering", "Ben Cole"));
}

TEST(RowMarks, PeopleWhoAreAway) {
  EXPECT_TRUE(marks_away("Sick", "Y"));
  EXPECT_TRUE(marks_away("On Leave", "TRUE"));
  EXPECT_TRUE(marks_away("Available", "n"));
  EXPECT_FALSE(marks_away("Sick", "N"));
  EXPECT_FALSE(marks_away("Sick", ""));
  EXPECT_FALSE(marks_away("Band", "Y"));
  EXPECT_TRUE(marks_away("Sick Hours", "12"));
  EXPECT_TRUE(marks_away("Annual Leave", "7.5"));
  EXPECT_TRUE(marks_away("A/L", "Yes"));
  EXPECT_TRUE(marks_away("Absence Start", "04/01/2027"));
  EXPECT_TRUE(marks_away("Assignment Status", "Maternity"));
  EXPECT_FALSE(marks_away("Ward", "Maternity"));
  EXPECT_FALSE(marks_away("Leave Hours", "0"));
  EXPECT_FALSE(marks_away("Leave Balance", "120"));
  EXPECT_FALSE(marks_away("Holiday", "Boxing Day"));
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

TEST(RowMarks, PeopleOnCall) {
  EXPECT_TRUE(marks_on_call("On Call", "Yes"));
  EXPECT_TRUE(marks_on_call("Is On-call?", "1"));
  EXPECT_TRUE(marks_on_call("On Call", "2nd"));
  EXPECT_TRUE(marks_on_call("On Call Level", "Senior"));
  EXPECT_FALSE(marks_on_call("On Call", "No"));
  EXPECT_FALSE(marks_on_call("On Call Role", "Yes"));
}

TEST(RowMarks, Headings) {
  EXPECT_TRUE(names_absence("Leave Start"));
  EXPECT_TRUE(names_absence("unavailable_from"));
  EXPECT_FALSE(names_absence("Shift Start"));
  EXPECT_TRUE(is_of_reason("Reason"));
  EXPECT_FALSE(is_of_reason("Season"));
  EXPECT_TRUE(is_of_return("Return Date"));
  EXPECT_TRUE(is_of_return("back_at_work"));
  EXPECT_FALSE(is_of_return("Request Date"));
  EXPECT_TRUE(is_of_notes("Shift Notes"));
  EXPECT_FALSE(is_of_notes("Ward"));
  for (const char* none : {"", "None", "no", "N/A", "-", "0", "0000-00-00 00:00:00"})
    EXPECT_TRUE(says_none(none)) << none;
  EXPECT_FALSE(says_none("Ben"));
}

}  // namespace
}  // namespace tocsin::roster
