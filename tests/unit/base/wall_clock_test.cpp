#include "base/wall_clock.h"

#include <gtest/gtest.h>

#include "base/instant.h"

namespace tocsin::base {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

constexpr WallTime kNoon{days{20'000} + hours{12}};

// A zone whose clocks change once, at `at`, from `before` ahead of UTC to `after`.
struct OneChange {
  Instant at;
  seconds before;
  seconds after;
  seconds operator()(Instant instant) const { return instant < at ? before : after; }
};

Instant utc(WallTime wall) { return Instant{wall.time_since_epoch()}; }

TEST(WallClock, WithoutAChangeThereIsOneInstant) {
  const auto ahead = [](Instant) { return seconds{hours{5}}; };
  EXPECT_EQ(first_instant(kNoon, ahead), utc(kNoon) - hours{5});
}

// The oracle tries every instant of three days.
TEST(WallClock, TheFirstOfTwoAndTheSkippedMovedForwardInEveryZone) {
  for (const seconds before :
       {seconds{0}, seconds{hours{-11}}, seconds{hours{13}}, seconds{19'800}})
    for (const Minutes change : {Minutes{60}, Minutes{-60}, Minutes{30}, Minutes{-30}}) {
      const OneChange zone{utc(kNoon) - before, before, before + change};
      for (Minutes by{-200}; by <= Minutes{200}; by += Minutes{10}) {
        const WallTime wall = kNoon + by;
        Instant found{};
        for (Instant t = utc(wall) - days{1}; found == Instant{} && t < utc(wall) + days{1};
             t += Minutes{10})
          if (t + zone(t) == utc(wall)) found = t;
        if (found == Instant{}) {
          EXPECT_TRUE(Minutes{0} <= by && by < change) << "only what the change skips";
          found = utc(wall) - before;
          EXPECT_EQ(found + zone(found), utc(wall) + change);
        }
        EXPECT_EQ(first_instant(wall, zone), found) << by.count() << " min from the change";
      }
    }
}

}  // namespace
}  // namespace tocsin::base
