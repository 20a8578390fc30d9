#include "channel/setback.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

TEST(Setback, WaitsLongerEachTimeAndNeverLong) {
  base::Milliseconds longest{0};
  std::set<base::Milliseconds> waits;
  for (int round = 0; round < 50; ++round) {
    Setback setback;
    EXPECT_EQ(setback.next(), 5s);
    EXPECT_LE(setback.next(), 10s);
    for (int i = 0; i < 20; ++i) {
      const base::Milliseconds wait = setback.next();
      EXPECT_GE(wait, 5s);
      EXPECT_LE(wait, 2min);
      longest = std::max(longest, wait);
      waits.insert(wait);
    }
    setback.is_over();
    EXPECT_EQ(setback.next(), 5s);
  }
  EXPECT_GT(longest, 90s);
  EXPECT_GT(waits.size(), 500U) << "many come back at once";
}

TEST(Setback, WaitsAsLongAsItIsAskedButNotAllNight) {
  EXPECT_EQ(Setback{}.next(47s), 47s);
  EXPECT_EQ(Setback{}.next(1s), 5s);
  EXPECT_EQ(Setback{}.next(24h), 5min);
}

}  // namespace
}  // namespace tocsin::channel
