#include "drill/report/spread.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/random.h"

namespace tocsin::drill {
namespace {

// Checks the definition: how many values are at or below the quantile, and at or above it.
TEST(Spread, AQuantileHasItsShareOfTheValuesOnEitherSide) {
  base::SeededRandom random{7};
  for (int round = 0; round < 200; ++round) {
    std::vector<double> values;
    for (std::uint64_t n = 1 + random.below(40); n > 0; --n)
      values.push_back(static_cast<double>(random.below(20)));
    std::sort(values.begin(), values.end());
    const double share = random.uniform();
    const double q = quantile(values, share);
    const auto at_most =
        std::count_if(values.begin(), values.end(), [&](double v) { return v <= q; });
    const auto at_least =
        std::count_if(values.begin(), values.end(), [&](double v) { return v >= q; });
    const double steps = static_cast<double>(values.size() - 1);
    EXPECT_GE(static_cast<double>(at_most), std::floor(share * steps) + 1);
    EXPECT_GE(static_cast<double>(at_least), steps - std::ceil(share * steps) + 1);
  }
}

TEST(Spread, KnownValues) {
  EXPECT_DOUBLE_EQ(quantile({1, 2, 3, 4, 5}, 0.5), 3);
  EXPECT_DOUBLE_EQ(quantile({1, 2, 3, 4}, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(quantile({10, 20}, 0.05), 10.5);
  EXPECT_DOUBLE_EQ(quantile({4}, 0.95), 4);
  EXPECT_DOUBLE_EQ(quantile({}, 0.5), 0);
  const Spread spread = spread_of({3, 1, 2});
  EXPECT_DOUBLE_EQ(spread.mean, 2);
  EXPECT_DOUBLE_EQ(spread.p5, 1.1);
  EXPECT_DOUBLE_EQ(spread.p95, 2.9);
}

}  // namespace
}  // namespace tocsin::drill
