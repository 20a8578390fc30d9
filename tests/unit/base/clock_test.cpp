#include "base/clock.h"

#include <gtest/gtest.h>

namespace tocsin::base {
namespace {

TEST(Pace, IsDueOnceInAWhileWhateverTheClockDoes) {
  const Instant start{Milliseconds{1'000'000}};
  Pace pace(Milliseconds{100});
  EXPECT_TRUE(pace.take(start));
  EXPECT_FALSE(pace.take(start + Milliseconds{99}));
  EXPECT_TRUE(pace.take(start + Milliseconds{100}));
  EXPECT_TRUE(pace.take(start)) << "the clock went back";
  EXPECT_FALSE(pace.take(start + Milliseconds{1}));
  pace.hurry();
  EXPECT_TRUE(pace.take(start + Milliseconds{2}));
}

}  // namespace
}  // namespace tocsin::base
