#include "callout/recourse.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>

#include "base/random.h"

namespace tocsin::callout {
namespace {

constexpr std::array<double, 4> kYes = {0.15, 0.24, 0.29, 0.31};

std::vector<double> exactly(int missing) {
  std::vector<double> spread(static_cast<std::size_t>(missing) + 1, 0.0);
  spread.back() = 1;
  return spread;
}

double choose(int n, int k) {
  return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1));
}

// Solves the same problem from its definition, by trying every number of people at every point.
// Finds the least expected cost, and the fewest people for it.
struct Best {
  double cost;
  int people;
};
Best brute_force(int periods, int missing, int outstanding, double price, int most) {
  if (missing == 0) return {0, outstanding};
  if (periods == 0) return {price, outstanding};
  const double yes = kYes[0];
  const auto k = static_cast<std::size_t>(periods);
  const double still =
      periods > 1 ? std::min(1.0, (kYes[k - 1] - yes) / kYes[k - 2] / (1 - yes)) : 0;
  Best best{1e300, 0};
  for (int v = outstanding; v <= most; ++v) {
    double cost = v - outstanding;
    for (int j = 0; j <= v; ++j)
      for (int r = 0; r <= v - j; ++r) {
        const double chance = choose(v, j) * std::pow(yes, j) * std::pow(1 - yes, v - j) *
                              choose(v - j, r) * std::pow(still, r) *
                              std::pow(1 - still, v - j - r);
        if (chance < 1e-14) continue;
        cost += chance * brute_force(periods - 1, std::max(0, missing - j), r, price, most).cost;
      }
    if (cost < best.cost - 1e-9) best = {cost, v};
  }
  return best;
}

TEST(Recourse, LevelsAreThoseOfExhaustiveSearch) {
  for (const double price : {12.0, 40.0}) {
    const Recourse recourse{kYes, price, 2};
    EXPECT_EQ(recourse.level(1, exactly(1)), brute_force(1, 1, 0, price, 14).people);
    EXPECT_EQ(recourse.level(1, exactly(2)), brute_force(1, 2, 0, price, 20).people);
    EXPECT_EQ(recourse.level(2, exactly(1)), brute_force(2, 1, 0, price, 10).people);
  }
}

// In simulated nights, following the levels fails as often as `failure` says.
TEST(Recourse, FailsAsOftenAsItSays) {
  base::SeededRandom random{3};
  for (const int missing : {1, 3, 6}) {
    const Recourse recourse{kYes, 60, 6};
    constexpr int kRuns = 40'000;
    int failed = 0;
    for (int run = 0; run < kRuns; ++run) {
      int left = missing;
      int outstanding = 0;
      for (int k = 4; k > 0 && left > 0; --k) {
        outstanding = std::max(outstanding, static_cast<int>(recourse.level(k, exactly(left))));
        const auto at = static_cast<std::size_t>(k);
        const double still =
            k > 1 ? std::min(1.0, (kYes[at - 1] - kYes[0]) / kYes[at - 2] / (1 - kYes[0])) : 0;
        int waiting = 0;
        for (int i = 0; i < outstanding; ++i) {
          if (random.uniform() < kYes[0])
            --left;
          else
            waiting += random.uniform() < still ? 1 : 0;
        }
        outstanding = waiting;
      }
      failed += left > 0 ? 1 : 0;
    }
    EXPECT_NEAR(recourse.failure(4, exactly(missing), 0), static_cast<double>(failed) / kRuns,
                0.006)
        << missing;
  }
}

TEST(Recourse, AsksMoreForMoreSeatsAHigherPriceAndLessTime) {
  const Recourse cheap{kYes, 30, 6};
  const Recourse dear{kYes, 300, 6};
  for (int m = 1; m <= 6; ++m) {
    EXPECT_GE(dear.level(4, exactly(m)), dear.level(4, exactly(m - 1)));
    EXPECT_GE(dear.level(4, exactly(m)), cheap.level(4, exactly(m)));
    EXPECT_LE(dear.failure(4, exactly(m), 0), cheap.failure(4, exactly(m), 0) + 1e-9);
    EXPECT_LE(dear.level(4, exactly(m)), dear.level(3, exactly(m)));
  }
}

TEST(Recourse, AnotherPersonWaitedForNeverHurts) {
  const Recourse recourse{kYes, 100, 6};
  for (int k = 1; k <= 4; ++k)
    for (int m = 1; m <= 6; ++m)
      for (int v = 0; v < 30; ++v)
        EXPECT_LE(recourse.failure(k, exactly(m), v + 1),
                  recourse.failure(k, exactly(m), v) + 1e-9);
}

TEST(Recourse, NothingMissingAsksNobody) {
  const Recourse recourse{kYes, 100, 6};
  EXPECT_EQ(recourse.level(4, exactly(0)), 0);
  EXPECT_EQ(recourse.failure(4, exactly(0), 0), 0);
}

}  // namespace
}  // namespace tocsin::callout
