#include "incident/loop/breaker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace tocsin::incident {
namespace {

using base::Milliseconds;

// The pauses of one that never recovers.
std::vector<Milliseconds> pauses_of(std::uint64_t seed, int count) {
  base::SeededRandom random{seed};
  Breaker breaker;
  std::vector<Milliseconds> pauses;
  Milliseconds now{1'000};
  EXPECT_EQ(breaker.allow(100, true, now, random), 0U);
  while (static_cast<int>(pauses.size()) < count) {
    pauses.push_back(*breaker.next() - now);
    now = *breaker.next();
    EXPECT_EQ(breaker.allow(100, true, now - Milliseconds{1}, random), 0U);
    EXPECT_EQ(breaker.allow(100, true, now, random), 1U);
  }
  return pauses;
}

TEST(Breaker, AChannelThatTakesMessagesGetsThemAll) {
  base::SeededRandom random{1};
  Breaker breaker;
  EXPECT_EQ(breaker.allow(100, false, Milliseconds{0}, random), 100U);
  EXPECT_FALSE(breaker.next());
}

TEST(Breaker, OneMessageTriesAChannelAfterEachPause) {
  for (const Milliseconds pause : pauses_of(1, 20)) {
    EXPECT_GT(pause, Milliseconds{0});
    EXPECT_LE(pause, Milliseconds{120'000});
  }
}

// Anywhere between nothing and a ceiling of 5, 10, 20 ... 120 seconds.
TEST(Breaker, PausesAreDrawnFromTheWholeOfAGrowingRange) {
  constexpr int kPauses = 7;
  constexpr int kDraws = 400;
  std::vector<std::vector<Milliseconds>> all(kPauses);
  for (std::uint64_t seed = 0; seed < kDraws; ++seed) {
    const auto pauses = pauses_of(seed, kPauses);
    for (int i = 0; i < kPauses; ++i)
      all[static_cast<std::size_t>(i)].push_back(pauses[static_cast<std::size_t>(i)]);
  }
  Milliseconds ceiling{5'000};
  for (const auto& drawn : all) {
    const auto [shortest, longest] = std::minmax_element(drawn.begin(), drawn.end());
    EXPECT_LE(*shortest, ceiling / 20);
    EXPECT_GE(*longest, ceiling * 19 / 20);
    EXPECT_LE(*longest, ceiling);
    ceiling = std::min(Milliseconds{120'000}, 2 * ceiling);
  }
}

TEST(Breaker, OneThatHasRecoveredBeginsAnew) {
  base::SeededRandom random{1};
  Breaker breaker;
  Milliseconds now{0};
  for (int i = 0; i < 8; ++i) {
    breaker.allow(100, true, now, random);
    now = *breaker.next();
  }
  EXPECT_EQ(breaker.allow(100, false, now, random), 100U);
  EXPECT_FALSE(breaker.next());
  EXPECT_EQ(breaker.allow(100, true, now, random), 0U);
  EXPECT_LE(*breaker.next() - now, Milliseconds{5'000});
}

}  // namespace
}  // namespace tocsin::incident
