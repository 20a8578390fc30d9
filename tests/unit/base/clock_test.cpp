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

TEST(VirtualClock, IsSetWithoutTimeThatPasses) {
  VirtualClock clock{*from_rfc3339("2026-11-22T22:40:00Z")};
  const Milliseconds before = clock.steady();
  clock.advance(Minutes{2});
  clock.jump(Minutes{60});
  clock.jump(Minutes{-90});
  EXPECT_EQ(clock.steady() - before, Minutes{2});
  EXPECT_EQ(clock.now(), *from_rfc3339("2026-11-22T22:12:00Z"));
}

TEST(SystemClock, HasASteadyTimeThatOnlyGoesOn) {
  const SystemClock clock;
  const Milliseconds before = clock.steady();
  EXPECT_GT(before.count(), 0);
  EXPECT_GE(clock.steady(), before);
}

}  // namespace
}  // namespace tocsin::base
