#include "roster/people/dates.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <ctime>

namespace tocsin::roster {
namespace {

TEST(Dates, DayFirstNeverMonthFirst) {
  const Date expected = std::chrono::year{2026} / 11 / 2;
  for (const char* text : {"2026-11-02", "02/11/2026", "2/11/2026", "02.11.2026", "02-Nov-2026",
                           "2 November 2026", "2nd Nov 2026", "02 nov 2026", "2-November-2026"})
    EXPECT_EQ(parse_date(text), expected) << text;
  for (const char* text :
       {"11/22/2026", "2026/11/02", "02/11/26", "31/02/2026", "2026-11", "", "x", "02 11 2026",
        "Nov 2 2026", "2 Novembre 2026", "2  2026", "2 2026", "2026 Nov 2", "x Nov 2026"})
    EXPECT_FALSE(parse_date(text)) << text;
  EXPECT_EQ(to_text(expected), "2026-11-02");
}

TEST(Dates, ADayOfTheWeekBeforeADateMustBeItsOwn) {
  const Date expected = std::chrono::year{2027} / 1 / 4;
  for (const char* text :
       {"Mon 04 Jan 2027", "Monday 4 January 2027", "Mon, 04 Jan 2027", "MON. 4th January 2027",
        "Mon 04/01/2027", "monday 2027-01-04", "Mon 04-Jan-2027"})
    EXPECT_EQ(parse_date(text), expected) << text;
  for (const char* text : {"Tue 04 Jan 2027", "Sunday 04/01/2027", "Mon 04 Jan", "Mon",
                           "Mon Mon 04 Jan 2027", "M 04 Jan 2027", "Jan 04 Jan 2027"})
    EXPECT_FALSE(parse_date(text)) << text;
  EXPECT_EQ(time_hint("Tue 04 Jan 2027", "?"), "2027-01-04 is a Monday");
  EXPECT_EQ(time_hint("Mon 04/01/27", "?"), "write the year with four digits: 22/11/2026");
}

TEST(Dates, DaysOfTheWeek) {
  EXPECT_EQ(weekday_named(" Mon "), std::chrono::Monday);
  EXPECT_EQ(weekday_named("SATURDAY"), std::chrono::Saturday);
  EXPECT_EQ(weekday_named("Thurs"), std::chrono::Thursday);
  for (const char* text : {"", "Day", "Mo", "Monday night", "Satur"})
    EXPECT_FALSE(weekday_named(text)) << text;
}

TEST(Dates, Clocks) {
  EXPECT_EQ(parse_clock("22:40"), base::Minutes{22 * 60 + 40});
  EXPECT_EQ(parse_clock("7:05"), base::Minutes{7 * 60 + 5});
  EXPECT_EQ(parse_clock("2240"), base::Minutes{22 * 60 + 40});
  EXPECT_EQ(parse_clock("22:40:00"), base::Minutes{22 * 60 + 40});
  EXPECT_EQ(parse_clock("24:00"), base::Minutes{24 * 60});
  for (const char* text : {"24:01", "12:60", "12", "12:5", "noon", "-1:00"})
    EXPECT_FALSE(parse_clock(text)) << text;
}

TEST(Dates, HalfDaysAndTheLastMinute) {
  EXPECT_EQ(parse_clock("8:00 PM"), base::Minutes{20 * 60});
  EXPECT_EQ(parse_clock("12:30am"), base::Minutes{30});
  EXPECT_EQ(parse_clock("12:00 pm"), base::Minutes{12 * 60});
  EXPECT_EQ(parse_clock("8 PM"), base::Minutes{20 * 60});
  EXPECT_EQ(parse_clock("23:59:59"), base::Minutes{23 * 60 + 59});
  for (const char* text : {"13:00 PM", "0:30 am", "800 PM", "PM", "20:00:30"})
    EXPECT_FALSE(parse_clock(text)) << text;
}

TEST(Dates, ClocksWithAUnitOrAPointBeforeAHalfOfTheDay) {
  for (const char* text : {"2030hrs", "2030 hrs", "20:30h", "20:30:00.000", "8.30pm", "8.30 PM"})
    EXPECT_EQ(parse_clock(text), base::Minutes{20 * 60 + 30}) << text;
  // A number of hours, in a column of times, or half past eight.
  for (const char* text : {"8.30", "08.30", "8h", "hrs", "20:30:00.500", "8.75pm"})
    EXPECT_FALSE(parse_clock(text)) << text;
  EXPECT_EQ(time_hint("07.00", "?"), "write it with a colon: 07:00");
  EXPECT_EQ(parse_moment("2026-12-05 08:00:00.000")->clock, base::Minutes{8 * 60});
}

TEST(Dates, HintsSayWhatASpreadsheetMeant) {
  EXPECT_EQ(time_hint("late", "usual"), "usual");
  EXPECT_EQ(time_hint("2027", "usual"), "usual");
  EXPECT_TRUE(time_hint("46391", "")
                  .starts_with("a spreadsheet's own number for 2027-01-04 (1900 system) or "
                               "2031-01-05 (1904 system):"));
  EXPECT_TRUE(
      time_hint("46391.75", "")
          .starts_with(
              "a spreadsheet's own number for 2027-01-04 18:00 (1900 system) or 2031-01-05 (1904"));
  EXPECT_TRUE(time_hint("0.8333333", "").starts_with("a spreadsheet's own number for 20:00:"));
  EXPECT_EQ(time_hint("2027/01/04", ""),
            "write it with hyphens: 2026-11-22, or the day first: 22/11/2026");
  EXPECT_EQ(time_hint("04/01/27", ""), "write the year with four digits: 22/11/2026");
  EXPECT_EQ(time_hint("01/23/2027", ""), "the day stands first: 22/11/2026, or write 2026-11-22");
}

// The oracle turns the leaves of a calendar: the lengths of the months, and the rule of 1582 for
// leap years.
TEST(Dates, EveryDayOfTwoCenturiesAndNoOther) {
  constexpr std::array kMonths = {"jan", "Feb", "MAR", "apr", "may", "jun",
                                  "jul", "aug", "sep", "oct", "Nov", "DEC"};
  Date next{};  // 1970-01-01
  for (int year = 1970; year <= 2199; ++year)
    for (int month = 1; month <= 12; ++month) {
      const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
      const int days = month == 2
                           ? (leap ? 29 : 28)
                           : (month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31);
      for (int day = 0; day <= 32; ++day) {
        const std::array texts = {
            fmt::format("{}-{:02}-{:02}", year, month, day),
            fmt::format(" {}/{}/{} ", day, month, year),
            fmt::format("{}-{}-{}", day, kMonths.at(static_cast<std::size_t>(month) - 1), year)};
        const bool is_day = day >= 1 && day <= days;
        for (const std::string& text : texts)
          ASSERT_EQ(parse_date(text), is_day ? std::optional{next} : std::nullopt) << text;
        if (!is_day) continue;
        ASSERT_EQ(to_text(next), texts[0]);
        next += std::chrono::days{1};
      }
    }
  for (const char* text :
       {"1969-12-31", "2200-01-01", "31/12/1969", "99999-01-01", "2026-+1-02", "2026-11-02x",
        "2026-00-02", "2026-13-02", "22/13/2026", "2026-11-02-01"})
    EXPECT_FALSE(parse_date(text)) << text;
}

TEST(Dates, EveryMinuteOfADay) {
  for (int hour = 0; hour < 100; ++hour)
    for (int minute = 0; minute < 100; ++minute) {
      const bool is_time = minute < 60 && (hour < 24 || (hour == 24 && minute == 0));
      const auto expected =
          is_time ? std::optional{base::Minutes{hour * 60 + minute}} : std::nullopt;
      EXPECT_EQ(parse_clock(fmt::format("{:02}:{:02}", hour, minute)), expected);
      EXPECT_EQ(parse_clock(fmt::format("{:02}{:02}", hour, minute)), expected);
    }
}

class DatesInLondon : public ::testing::Test {
 protected:
  DatesInLondon() { zone("Europe/London"); }
  ~DatesInLondon() override {
    ::unsetenv("TZ");
    ::tzset();
  }
  static void zone(const char* name) {
    ::setenv("TZ", name, 1);
    ::tzset();
  }
};

// A date and a time, as an instant.
std::optional<base::Instant> stamp(std::string_view text) {
  const auto moment = parse_moment(text);
  if (!moment || !moment->date || !moment->clock) return std::nullopt;
  return moment->exact ? *moment->exact : local_instant(*moment->date, *moment->clock);
}

TEST_F(DatesInLondon, AStampIsLocalUnlessItSaysOtherwise) {
  const auto utc = [](const char* text) { return base::from_rfc3339(text); };
  EXPECT_EQ(stamp("22/07/2026 20:00"), utc("2026-07-22T19:00:00Z"));
  EXPECT_EQ(stamp("2026-11-22T22:40"), utc("2026-11-22T22:40:00Z"));
  EXPECT_EQ(stamp("2026-07-22T20:00:00Z"), utc("2026-07-22T20:00:00Z"));
  EXPECT_EQ(stamp("22/11/2026 24:00"), stamp("2026-11-23 00:00"));
  EXPECT_EQ(stamp("31/12/2026 24:00"), utc("2027-01-01T00:00:00Z"));
  // The clocks go forward at 01:00 on 29 March and back at 02:00 on 25 October 2026.
  EXPECT_EQ(stamp("2026-03-29 00:59"), utc("2026-03-29T00:59:00Z"));
  EXPECT_EQ(stamp("2026-03-29 02:00"), utc("2026-03-29T01:00:00Z"));
  EXPECT_EQ(stamp("2026-10-25 01:30"), utc("2026-10-25T00:30:00Z"));  // the first of two
  EXPECT_EQ(stamp("2026-10-25 02:00"), utc("2026-10-25T02:00:00Z"));
  for (const char* text : {"", "2026-11-22", "22:40", "22:40 2026-11-22", "2026-11-22 25:00",
                           "2026-02-30 10:00", "2026-11-22 10:00 11:00"})
    EXPECT_FALSE(stamp(text)) << text;
}

TEST_F(DatesInLondon, AStampAsDatabasesWriteItIsExact) {
  const auto expected = base::from_rfc3339("2027-07-05T07:00:00Z");
  for (const char* text :
       {"2027-07-05 08:00+01:00", "2027-07-05 07:00:00+00", "2027-07-05 07:00Z",
        "2027-07-05T07:00Z", "2027-07-05 08:00:00 +0100", "2027-07-05 07:00:00 UTC",
        "2027-07-05 07:00:00.000 UTC", "2027-07-05T07:00+0000"}) {
    ASSERT_TRUE(parse_moment(text)) << text;
    EXPECT_EQ(parse_moment(text)->exact, expected) << text;
  }
  for (const char* text : {"2027-07-05 08:00 BST", "2027-07-05 08:00+1", "2027-07-05 08:00+",
                           "2027-07-05 8:00+01:00", "2027-07-05 08:00 08:00"})
    EXPECT_FALSE(parse_moment(text)) << text;
}

TEST_F(DatesInLondon, SpacesWithinADateAndATime) {
  const auto expected = base::from_rfc3339("2027-07-05T07:00:00Z");
  for (const char* text : {"Mon 05 Jul 2027 08:00", "5 July 2027 8:00 AM", "05/07/2027, 08:00",
                           "05/07/2027  08:00", "Monday, 5 July 2027 0800", "Mon 05/07/2027 8 am"})
    EXPECT_EQ(stamp(text), expected) << text;
  EXPECT_FALSE(parse_moment("Tue 05 Jul 2027 08:00"));
}

}  // namespace
}  // namespace tocsin::roster
