#include "roster/people/serial_date.h"

#include <gtest/gtest.h>

namespace tocsin::roster {
namespace {

// ECMA-376 part 1, 18.17.4.1, and what Excel shows for these numbers.
TEST(SerialDate, NamesTheDateOfBothSystems) {
  EXPECT_EQ(serial_date_hint("46391"),
            "a spreadsheet's count of days: 2027-01-04 in the 1900 system, 2031-01-05 in the 1904 "
            "system; format the column as a date and save it again");
  EXPECT_NE(serial_date_hint("45717").find("2025-03-01 in the 1900 system"), std::string::npos);
  EXPECT_NE(serial_date_hint("46391.8333333").find("2027-01-04"), std::string::npos);
}

TEST(SerialDate, OtherTextIsNone) {
  for (const char* text : {"", "2027", "01/03/2025", "20270104", "0.8333333", "46391.x", "-46391",
                           "46391 ", "yesterday", "046391", "99999"})
    EXPECT_EQ(serial_date_hint(text), "") << text;
}

}  // namespace
}  // namespace tocsin::roster
