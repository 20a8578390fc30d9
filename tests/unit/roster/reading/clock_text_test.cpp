#include "roster/reading/clock_text.h"

#include <gtest/gtest.h>

namespace tocsin::roster {
namespace {

std::string read(std::string_view text) {
  const TextTimes times = times_in(text);
  if (!times.are_understood) return "not understood";
  return times.from.empty() ? "none" : times.from + " " + times.until;
}

TEST(ClockText, TwoTimesAreReadInEveryCommonForm) {
  for (const char* text : {"LD 09:00-17:00", "LD 9:00 - 17:00", "LD 0900-1700", "0900 to 1700",
                           "LD 9.00-17.00", "LD 9am-5pm", "LD 9 am to 5 pm",
                           "LD (09:00\xe2\x80\x93"
                           "17:00)",
                           "from 09:00 until 17:00"})
    EXPECT_EQ(read(text), "09:00 17:00") << text;
  EXPECT_EQ(read("N 19:30-08:00"), "19:30 08:00");
  EXPECT_EQ(read("00:00-24:00"), "00:00 24:00");
}

TEST(ClockText, OtherTimesAreNotTakenForNone) {
  for (const char* text :
       {"LD 9-5", "LD 9 to 5", "LD until 15:00", "LD from 12:00", "LD (to 1500)", "LD 1000",
        "LD 09:00-13:00 14:00-20:00", "LD 7.30-8.30pm", "LD 7.50-19.50", "LD 9-17:00"})
    EXPECT_EQ(read(text), "not understood") << text;
}

TEST(ClockText, NumbersThatAreNoTimesStay) {
  for (const char* text : {"LD", "OC2", "FY1 night", "1st on call", "Theatre 5", "AL 7.5", "N/D",
                           "24hr on call", "On call 12345"})
    EXPECT_EQ(read(text), "none") << text;
}

}  // namespace
}  // namespace tocsin::roster
