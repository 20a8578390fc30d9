#include "callout/gap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/random.h"
#include "unit/callout/every_way.h"

namespace tocsin::callout {
namespace {

std::vector<double> some_chances(base::SeededRandom& random) {
  std::vector<double> chances(random.below(9));
  for (double& chance : chances)
    chance = random.chance(0.2) ? static_cast<double>(random.below(2)) : random.uniform();
  return chances;
}

TEST(GapTest, TheSpreadAddsUpEveryWay) {
  base::SeededRandom random{3};
  for (int round = 0; round < 300; ++round) {
    const auto chances = some_chances(random);
    const std::size_t most = random.below(10);
    const auto spread = spread_of(chances, most);
    const auto expected = every_way(chances, most);
    ASSERT_EQ(spread.size(), expected.size());
    for (std::size_t n = 0; n < spread.size(); ++n) ASSERT_NEAR(spread[n], expected[n], 1e-12);
  }
}

TEST(GapTest, NobodyIsAskedForSeatsThatAreLeftToOthers) {
  Deadline deadline;
  deadline.seats = 4;
  deadline.holders = {0.5};
  deadline.left_to_others = 2;
  EXPECT_EQ(missing_of(deadline), (std::vector<double>{0, 0, 0, 0.5, 0.5}));
  EXPECT_EQ(asked_for(deadline), (std::vector<double>{0, 0.5, 0.5}));
  deadline.left_to_others = 9;
  EXPECT_EQ(asked_for(deadline), std::vector<double>{1});
  deadline.left_to_others = 0;
  EXPECT_EQ(asked_for(deadline), missing_of(deadline));
}

TEST(GapTest, AHolderWhoWillNotComeLeavesTheirSeatMissing) {
  base::SeededRandom random{4};
  for (int round = 0; round < 300; ++round) {
    Deadline deadline;
    deadline.seats = static_cast<int>(random.below(7));
    deadline.holders = some_chances(random);
    const auto missing = missing_of(deadline);
    ASSERT_EQ(missing.size(), static_cast<std::size_t>(deadline.seats) + 1);
    EXPECT_NEAR(std::accumulate(missing.begin(), missing.end(), 0.0), 1, 1e-12);
    const auto come = every_way(deadline.holders, deadline.holders.size());
    double mean = 0;
    for (std::size_t n = 0; n < come.size(); ++n)
      mean += come[n] * std::max(0, deadline.seats - static_cast<int>(n));
    EXPECT_NEAR(mean_of(missing), mean, 1e-12);
  }
  EXPECT_EQ(missing_of({}), std::vector<double>{1}) << "no seat, and none missing";
}

TEST(GapTest, AFewSizesHoldWhateverMayBeMissing) {
  for (std::size_t most = 0; most <= 8; ++most) {
    Gap gap;
    gap.missing.assign(9, 0);
    gap.missing[most] = 1;
    EXPECT_GE(gap.most_seats(), static_cast<int>(most));
    EXPECT_LE(gap.most_seats(), most <= 1 ? 1 : static_cast<int>(2 * most)) << most;
    EXPECT_EQ(gap.is_sure(), most == 0);
  }
  Gap gap;
  gap.missing = {0.5, 0.5, 1e-9, 1e-12};
  EXPECT_EQ(gap.most_seats(), 1) << "what never happens costs nothing";
}

TEST(GapTest, ItsPeriodsFitIntoTheWindow) {
  const Belief belief{Evidence{}};
  double before = 0;
  for (int minutes = 1; minutes <= 600; ++minutes) {
    Gap gap;
    gap.says_yes = 0.7;
    gap.set_window(minutes, minutes / 2.0, belief);
    EXPECT_EQ(gap.window, minutes);
    EXPECT_EQ(gap.is_late, minutes < 5);
    EXPECT_GE(gap.periods, 1);
    EXPECT_LE(gap.periods, kPeriods);
    if (minutes <= 60) {
      EXPECT_LE(gap.periods * gap.length, minutes);
      EXPECT_LT(gap.until_phone, 0) << "within the hour nobody counts on the switchboard";
      EXPECT_GE(gap.fresh, before - 1e-12) << "more time, more answers: " << minutes;
      before = gap.fresh;
    }
    EXPECT_GT(gap.fresh, 0);
    EXPECT_LE(gap.fresh, gap.says_yes);
  }
}

}  // namespace
}  // namespace tocsin::callout
