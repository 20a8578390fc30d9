#include "base/zone.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace tocsin::base {
namespace {

using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;

// The clocks go forward on 28 March 2027 at 01:00, and back on 31 October at 02:00.
Zone london() {
  return Zone{seconds{0},
              {{sys_days{year{2027} / 3 / 28} + hours{1}, hours{1}},
               {sys_days{year{2027} / 10 / 31} + hours{1}, hours{0}}}};
}
WallTime wall(int month, int day, int hour, int minute) {
  return local_days{year{2027} / month / day} + hours{hour} + minutes{minute};
}
std::string at(const Zone& zone, WallTime time) { return to_rfc3339(zone.instant_of(time)); }

TEST(Zone, IsUtcWhenNothingIsSaid) {
  EXPECT_EQ(at(Zone{}, wall(7, 1, 12, 0)), "2027-07-01T12:00:00.000Z");
}

TEST(Zone, ShowsAndNamesTheSameTime) {
  for (const WallTime time : {wall(1, 1, 0, 0), wall(3, 28, 0, 59), wall(3, 28, 2, 0),
                              wall(7, 1, 12, 30), wall(10, 31, 2, 0), wall(12, 31, 23, 59)})
    EXPECT_EQ(london().wall_at(london().instant_of(time)), time);
  EXPECT_EQ(at(london(), wall(7, 1, 12, 0)), "2027-07-01T11:00:00.000Z");
}

TEST(Zone, OfATimeThatOccursTwiceTheFirstCounts) {
  EXPECT_EQ(at(london(), wall(10, 31, 1, 0)), "2027-10-31T00:00:00.000Z");
  EXPECT_EQ(at(london(), wall(10, 31, 1, 59)), "2027-10-31T00:59:00.000Z");
  EXPECT_EQ(at(london(), wall(10, 31, 2, 0)), "2027-10-31T02:00:00.000Z");
}

TEST(Zone, ATimeThatIsSkippedIsMovedForward) {
  EXPECT_EQ(at(london(), wall(3, 28, 1, 0)), "2027-03-28T01:00:00.000Z");
  EXPECT_EQ(at(london(), wall(3, 28, 1, 30)), "2027-03-28T01:30:00.000Z");
  EXPECT_EQ(at(london(), wall(3, 28, 2, 30)), "2027-03-28T01:30:00.000Z");
}

// The C library alone takes the second of two times when it was asked for a winter day before.
TEST(Zone, WhatWasAskedBeforeDoesNotMatter) {
  ::setenv("TZ", "Europe/London", 1);
  ::tzset();
  Civil twice{2027, 10, 31, 1, 30};
  for (const Civil& before : {Civil{2027, 7, 1, 12}, Civil{2027, 12, 1, 12}}) {
    from_local(before);
    EXPECT_EQ(to_rfc3339(from_local(twice)), "2027-10-31T00:30:00.000Z");
    EXPECT_EQ(at(Zone::of_process(), wall(10, 31, 1, 30)), "2027-10-31T00:30:00.000Z");
  }
  EXPECT_EQ(to_rfc3339(from_local({2027, 3, 28, 1, 30})), "2027-03-28T01:30:00.000Z");
  ::unsetenv("TZ");
  ::tzset();
}

}  // namespace
}  // namespace tocsin::base
