#include "document/calendar/repetition.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <libical/ical.h>

#include <string>

namespace tocsin::document {
namespace {

using base::WallTime;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::year;

constexpr WallTime kFirst = local_days{year{2027} / 1 / 4} + hours{8};  // a Monday

// The first `most` times as "0104 0111".
std::string times(const char* text, std::size_t most, WallTime first = kFirst,
                  WallTime from = WallTime{}) {
  const auto rule = read_rule(icalrecurrencetype_from_string(text));
  if (!rule) return "not read";
  std::size_t days = 1'000'000;
  Repetition repetition{*rule, first, from, local_days{year{2060} / 1 / 1}, days};
  std::string out;
  while (most-- > 0) {
    const auto time = repetition.next();
    if (!time) return out + "end";
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(*time)};
    out += fmt::format("{:02}{:02} ", static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
  }
  return out;
}

TEST(Repetition, FollowsTheRule) {
  const struct {
    const char* rule;
    const char* right;
  } cases[] = {
      {"FREQ=DAILY;COUNT=3", "0104 0105 0106 end"},
      {"FREQ=DAILY;INTERVAL=10;BYDAY=MO,TU", "0104 0223 0315 0504 "},
      {"FREQ=WEEKLY", "0104 0111 0118 0125 "},
      {"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO", "0105 0110 0119 0124 "},
      {"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "0105 0117 0119 0131 "},
      {"FREQ=MONTHLY", "0104 0204 0304 0404 "},
      {"FREQ=MONTHLY;BYMONTHDAY=31", "0131 0331 0531 0731 "},
      {"FREQ=MONTHLY;BYMONTHDAY=-1", "0131 0228 0331 0430 "},
      {"FREQ=MONTHLY;BYDAY=-1FR", "0129 0226 0326 0430 "},
      {"FREQ=MONTHLY;BYDAY=1MO,-1FR", "0104 0129 0201 0226 "},
      {"FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "0813 1013 0413 0713 "},
      {"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "0129 0226 0331 0430 "},
      {"FREQ=YEARLY", "0104 0104 0104 0104 "},
      {"FREQ=YEARLY;BYMONTHDAY=1", "0201 0301 0401 0501 "},
      {"FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU", "0328 1031 0326 1029 "},
      {"FREQ=YEARLY;BYDAY=20MO", "0517 0515 0514 0520 "},
      {"FREQ=YEARLY;BYYEARDAY=60,-1", "0301 1231 0229 1231 "},
      {"FREQ=YEARLY;BYWEEKNO=20", "0517 0515 0514 0513 "},
      {"FREQ=YEARLY;BYWEEKNO=1;BYDAY=TU", "0105 0104 0102 0101 "},
      // libical takes both; python's dateutil joins "every" and "the fifth" by "and".
      {"FREQ=MONTHLY;BYDAY=5FR,WE", "0106 0113 0120 0127 "},
  };
  for (const auto& one : cases) EXPECT_EQ(times(one.rule, 4), one.right) << one.rule;
}

TEST(Repetition, TheLastWeekOfAYearReachesIntoTheNext) {
  constexpr WallTime kSummer = local_days{year{2026} / 7 / 17} + hours{15};
  // The week of 2026-12-27, a Sunday, has five days in 2026 and is its 52nd.
  EXPECT_EQ(times("FREQ=YEARLY;BYWEEKNO=52;BYDAY=FR;WKST=SU", 1, kSummer), "0101 ");
  EXPECT_EQ(times("FREQ=YEARLY;BYWEEKNO=52;BYDAY=MO;WKST=SU", 1, kSummer), "1228 ");
}

TEST(Repetition, SeveralTimesADay) {
  EXPECT_EQ(times("FREQ=DAILY;BYHOUR=8,20;COUNT=5", 9), "0104 0104 0105 0105 0106 end");
  EXPECT_EQ(times("FREQ=WEEKLY;BYHOUR=8,20;BYSETPOS=2;COUNT=2", 9), "0104 0111 end");
}

TEST(Repetition, ARuleThatNeverComesTrueEnds) {
  for (const char* rule : {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=6MO",
                           "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYDAY=53MO;BYMONTH=3",
                           "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6"})
    EXPECT_EQ(times(rule, 1), "end") << rule;
}

TEST(Repetition, TheWorkIsBounded) {
  const auto rule = read_rule(icalrecurrencetype_from_string("FREQ=DAILY;COUNT=1000"));
  std::size_t days = 10;
  Repetition repetition{*rule, kFirst, {}, local_days{year{2060} / 1 / 1}, days};
  int given = 0;
  while (repetition.next()) ++given;
  EXPECT_EQ(given, 10);
  EXPECT_EQ(days, 0u);
  std::size_t few = 1000;
  Repetition crowded{*read_rule(icalrecurrencetype_from_string(
                         "FREQ=DAILY;BYMINUTE=0,10,20,30,40,50;BYHOUR=1,2,3,4,5,6,7,8,9")),
                     kFirst,
                     {},
                     local_days{year{2060} / 1 / 1},
                     few};
  for (given = 0; crowded.next();) ++given;
  EXPECT_LT(given, 1100);
}

// Without COUNT, the years before the window are not walked through, and nothing in it is missed.
TEST(Repetition, BeginsNearTheWindowInStep) {
  for (const char* rule :
       {"FREQ=DAILY;INTERVAL=7", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,TU", "FREQ=YEARLY;INTERVAL=3",
        "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=31,1", "FREQ=MONTHLY;BYDAY=-1FR"}) {
    const auto read = read_rule(icalrecurrencetype_from_string(rule));
    const WallTime from = local_days{year{2049} / 7 / 3};
    const WallTime until = local_days{year{2060} / 1 / 1};
    std::size_t all_days = 10'000'000, few_days = 10'000'000;
    Repetition all{*read, kFirst, kFirst, until, all_days};
    Repetition late{*read, kFirst, from, until, few_days};
    std::vector<WallTime> right, found;
    while (const auto time = all.next())
      if (*time >= from && *time < until) right.push_back(*time);
    while (const auto time = late.next())
      if (*time >= from && *time < until) found.push_back(*time);
    EXPECT_EQ(found, right) << rule;
    EXPECT_LT(few_days, 10'000'000u);
    EXPECT_LT(10'000'000u - few_days, 2 * (10'000'000u - all_days) / 3) << rule;
  }
}

}  // namespace
}  // namespace tocsin::document
