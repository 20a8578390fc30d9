#include "base/instant.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace tocsin::base {
namespace {

using std::chrono::hours;

class LondonTime : public testing::Test {
 protected:
  void SetUp() override {
    // A zone written as a rule, so that the test needs no time zone files.
    setenv("TZ", "GMT0BST,M3.5.0/1,M10.5.0", 1);
    tzset();
  }
  static Instant at(const char* text) { return *from_rfc3339(text); }
};

TEST_F(LondonTime, Rfc3339GoesBothWays) {
  const Instant instant = at("2026-11-22T22:40:05.120Z");
  EXPECT_EQ(to_rfc3339(instant), "2026-11-22T22:40:05.120Z");
  EXPECT_EQ(to_http_date(instant), "Sun, 22 Nov 2026 22:40:05 GMT");
  EXPECT_EQ(to_http_date(Instant{}), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(at("2026-11-22T23:40:05.12+01:00"), instant);
  EXPECT_FALSE(from_rfc3339("2026-02-30T00:00:00Z"));
  EXPECT_FALSE(from_rfc3339("2026-11-22T24:00:00Z"));
  EXPECT_FALSE(from_rfc3339("2026-11-22T22:40:05"));
  EXPECT_FALSE(from_rfc3339("2026-11-22T22:40:05Zx"));
}

TEST_F(LondonTime, PeopleSeeTheLocalClock) {
  EXPECT_EQ(local_stamp(at("2026-07-01T12:00:00Z")), "2026-07-01 13:00");
  EXPECT_EQ(local_clock(at("2026-12-01T12:00:00Z")), "12:00");
}

TEST_F(LondonTime, WhenLooksAhead) {
  const Instant now = at("2026-11-22T22:40:00Z");  // a Sunday
  EXPECT_EQ(parse_when("23:00", now), at("2026-11-22T23:00:00Z"));
  EXPECT_EQ(parse_when("22:00", now), at("2026-11-23T22:00:00Z"));
  EXPECT_EQ(parse_when("Sunday 04:00", now), at("2026-11-29T04:00:00Z"));
  EXPECT_EQ(parse_when("mon 04:00", now), at("2026-11-23T04:00:00Z"));
  EXPECT_EQ(parse_when("2026-12-24 18:30", now), at("2026-12-24T18:30:00Z"));
  EXPECT_EQ(parse_when("+90", now), now + Minutes{90});
  EXPECT_EQ(parse_when("+2h", now), now + hours{2});
  for (const char* bad : {"", "4:00", "24:00", "Someday 04:00", "2026-13-01 00:00", "+", "+-5"})
    EXPECT_FALSE(parse_when(bad, now)) << bad;
}

TEST_F(LondonTime, AClockChangeKeepsTheHour) {
  const Instant now = at("2026-10-24T12:00:00Z");  // BST ends at 01:00Z on the 25th
  EXPECT_EQ(parse_when("12:00", now), at("2026-10-25T12:00:00Z"));
}

TEST_F(LondonTime, ATimeOfTheClockIsTheSameWhateverWasReadBefore) {
  const Civil twice{.year = 2026, .month = 10, .day = 25, .hour = 1, .minute = 30};
  const Civil never{.year = 2026, .month = 3, .day = 29, .hour = 1, .minute = 30};
  for (const int month : {1, 7}) {
    from_local({.year = 2026, .month = month, .day = 1, .hour = 8});
    EXPECT_EQ(from_local(twice), at("2026-10-25T00:30:00Z")) << "the first of two";
    from_local({.year = 2026, .month = month, .day = 1, .hour = 8});
    EXPECT_EQ(from_local(never), at("2026-03-29T01:30:00Z")) << "moved forward by the change";
  }
}

TEST(Minutes, AreReadAsAPlaybookWritesThem) {
  EXPECT_EQ(parse_minutes("25"), Minutes{25});
  EXPECT_EQ(parse_minutes("25min"), Minutes{25});
  EXPECT_EQ(parse_minutes("2h"), Minutes{120});
  EXPECT_EQ(parse_minutes("1h30"), Minutes{90});
  EXPECT_EQ(parse_minutes("1h30min"), Minutes{90});
  EXPECT_EQ(parse_minutes("0"), Minutes{0});
  for (const char* bad :
       {"", "010", "-5", "1.5h", "1h75", "1h5", "h", "99999999999", "5 min", "1h30m"})
    EXPECT_FALSE(parse_minutes(bad)) << bad;
  EXPECT_EQ(minutes_text(Minutes{90}), "1 h 30");
  EXPECT_EQ(span_text(Milliseconds{500}), "0.5 s");
  EXPECT_EQ(span_text(Milliseconds{59'999}), "60 s");
  EXPECT_EQ(span_text(Milliseconds{150'000}), "2 min");
}

}  // namespace
}  // namespace tocsin::base
