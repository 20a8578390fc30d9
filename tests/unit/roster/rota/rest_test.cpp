#include "roster/rota/rest.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include "base/random.h"

namespace tocsin::roster {
namespace {

using base::Minutes;
using std::chrono::hours;

class Rest : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
  }
  // Hours from Monday 00:00.
  static base::Instant at(int hour) {
    return *base::from_rfc3339("2026-11-23T00:00:00Z") + hours{hour};
  }
  static Stint work(int from, int until) {
    return {PersonId{"a"}, Duty::on_duty, {}, {}, at(from), at(until)};
  }
  static std::vector<RestRule> rules_of(const std::vector<Breach>& breaches) {
    std::vector<RestRule> out;
    for (const Breach& breach : breaches) out.push_back(breach.rule);
    return out;
  }
};

TEST_F(Rest, NothingPlannedNothingBroken) {
  EXPECT_TRUE(breaches(std::vector<Stint>{}, RestRules{}, at(22), at(30)).empty());
}

TEST_F(Rest, ElevenHoursToTheMinute) {
  const std::vector<Stint> stints{work(8, 20)};
  EXPECT_TRUE(breaches(stints, RestRules{}, at(31), at(39)).empty());
  const auto found = breaches(stints, RestRules{}, at(31) - Minutes{1}, at(39));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule, RestRule::rest_before);
  EXPECT_EQ(found[0].actual, Minutes{659});
  EXPECT_EQ(found[0].owed(), Minutes{1});
}

TEST_F(Rest, TheRestAfterCountsToo) {
  // A call-in from 10:00 to 18:00 and an early shift at 04:00.
  const auto found = breaches(std::vector{work(28, 36)}, RestRules{}, at(10), at(18));
  ASSERT_EQ(rules_of(found), std::vector{RestRule::rest_after});
  EXPECT_EQ(found[0].actual, Minutes{600});
}

TEST_F(Rest, StayingOnMakesOneLongShift) {
  const auto found = breaches(std::vector{work(8, 16)}, RestRules{}, at(16), at(24));
  ASSERT_EQ(rules_of(found), std::vector{RestRule::longest_shift});
  EXPECT_EQ(found[0].actual, Minutes{16 * 60});
  EXPECT_EQ(found[0].owed(), Minutes{3 * 60});
  EXPECT_TRUE(breaches(std::vector{work(8, 16)}, RestRules{}, at(16), at(21)).empty());
}

TEST_F(Rest, OnCallAndLeaveAreNotWork) {
  Stint on_call = work(0, 20);
  on_call.duty = Duty::on_call;
  Stint leave = work(24, 48);
  leave.duty = Duty::absent;
  EXPECT_TRUE(breaches(std::vector{on_call, leave}, RestRules{}, at(8), at(20)).empty());
}

TEST_F(Rest, SeventyTwoHoursInAnySevenDays) {
  std::vector<Stint> stints;
  for (int day = 0; day < 5; ++day) stints.push_back(work(day * 24 + 7, day * 24 + 20));  // 65 h
  EXPECT_TRUE(breaches(stints, RestRules{}, at(5 * 24 + 7), at(5 * 24 + 14)).empty());    // 72 h
  const auto found = breaches(stints, RestRules{}, at(5 * 24 + 7), at(5 * 24 + 15));
  ASSERT_EQ(rules_of(found), std::vector{RestRule::week});
  EXPECT_EQ(found[0].actual, Minutes{73 * 60});
}

TEST_F(Rest, FortySixHoursAfterNights) {
  const std::vector<Stint> nights{work(-4, 8), work(20, 32)};
  EXPECT_EQ(rules_of(breaches(nights, RestRules{}, at(32 + 45), at(32 + 53))),
            std::vector{RestRule::after_nights});
  EXPECT_TRUE(breaches(nights, RestRules{}, at(32 + 46), at(32 + 54)).empty());
  // A third night in a row is not a change from nights to days.
  EXPECT_TRUE(breaches(nights, RestRules{}, at(44), at(56)).empty());
}

TEST_F(Rest, ANightHoldsThreeHoursBetweenElevenAndSix) {
  EXPECT_TRUE(is_night(at(22), at(30)));
  EXPECT_FALSE(is_night(at(16), at(25)));
  EXPECT_TRUE(is_night(at(16), at(26)));
  EXPECT_FALSE(is_night(at(27) + Minutes{1}, at(40)));
  EXPECT_TRUE(is_night(at(27), at(40)));
  EXPECT_FALSE(is_night(at(8), at(20)));
}

// The oracle counts time over a fortnight of random stints.
TEST_F(Rest, AgreesWithCountingMinutes) {
  base::SeededRandom random{3};
  constexpr int kQuarters = 14 * 96;  // a fortnight in quarter hours
  for (int round = 0; round < 400; ++round) {
    std::vector<char> worked(kQuarters, 0);
    std::vector<Stint> stints;
    const auto at_quarter = [&](int quarter) { return at(0) + Minutes{15 * quarter}; };
    for (std::uint64_t i = random.below(24); i > 0; --i) {
      const int from = static_cast<int>(random.below(kQuarters - 60));
      const int until = from + 1 + static_cast<int>(random.below(56));
      stints.push_back({PersonId{"a"}, Duty::on_duty, {}, {}, at_quarter(from), at_quarter(until)});
      for (int q = from; q < until; ++q) worked[static_cast<std::size_t>(q)] = 1;
    }
    const int from = 200 + static_cast<int>(random.below(900));
    const int until = from + 1 + static_cast<int>(random.below(40));
    for (int q = from; q < until; ++q) worked[static_cast<std::size_t>(q)] = 1;

    const auto is_work = [&](int q) {
      return q >= 0 && q < kQuarters && worked[static_cast<std::size_t>(q)] != 0;
    };
    int begin = from;
    while (is_work(begin - 1)) --begin;
    int end = until;
    while (is_work(end)) ++end;
    int before = 0;
    while (begin - before > 0 && !is_work(begin - before - 1)) ++before;
    const bool had_before = begin - before > 0;
    int after = 0;
    while (end + after < kQuarters && !is_work(end + after)) ++after;
    const bool had_after = end + after < kQuarters;
    int most = 0;
    for (int window = from - 7 * 96 + 1; window < until; ++window) {
      int sum = 0;
      for (int q = window; q < window + 7 * 96; ++q) sum += is_work(q) ? 1 : 0;
      most = std::max(most, sum);
    }
    std::vector<RestRule> expected;
    if (had_before && before * 15 < 660) expected.push_back(RestRule::rest_before);
    if (had_after && after * 15 < 660) expected.push_back(RestRule::rest_after);
    if ((end - begin) * 15 > 13 * 60) expected.push_back(RestRule::longest_shift);
    if (most * 15 > 72 * 60) expected.push_back(RestRule::week);

    RestRules rules;
    rules.after_nights = rules.between_shifts;  // nights have their own test
    ASSERT_EQ(rules_of(breaches(stints, rules, at_quarter(from), at_quarter(until))), expected)
        << round;
  }
}

}  // namespace
}  // namespace tocsin::roster
