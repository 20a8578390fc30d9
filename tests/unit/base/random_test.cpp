#include "base/random.h"

#include <gtest/gtest.h>

namespace tocsin::base {
namespace {

TEST(SeededRandom, RepeatsFromItsSeed) {
  SeededRandom a{42};
  SeededRandom b{42};
  for (int i = 0; i < 100; ++i) EXPECT_EQ(a.next(), b.next());
  EXPECT_NE(SeededRandom{1}.next(), SeededRandom{2}.next());
}

TEST(SeededRandom, ForksDoNotMoveTheirParent) {
  SeededRandom a{7};
  SeededRandom b{7};
  SeededRandom child = a.fork(1);
  child.next();
  EXPECT_EQ(a.next(), b.next());
  EXPECT_NE(a.fork(1).next(), a.fork(2).next());
}

TEST(SeededRandom, DrawsFromTheStatedDistributions) {
  SeededRandom random{3};
  constexpr int kDraws = 100'000;
  double sum = 0;
  double squares = 0;
  int below_two = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
    below_two += random.below(5) < 2 ? 1 : 0;
  }
  EXPECT_NEAR(sum / kDraws, 0.0, 0.02);
  EXPECT_NEAR(squares / kDraws, 1.0, 0.03);
  EXPECT_NEAR(below_two / static_cast<double>(kDraws), 0.4, 0.01);
}

}  // namespace
}  // namespace tocsin::base
