#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "simulation/world.h"

namespace tocsin::simulation {
namespace {

constexpr std::size_t kStaff = 60;
constexpr Chances kCalm{};
constexpr Chances kStorm{0.15, 0.10, 0.20, 0.30};

TEST(Simulation, AQuietNightFillsThePosts) {
  World world{1, kStaff, kCalm, DieAt::never, 0};
  EXPECT_EQ(world.play(), "");
  const incident::Counts counts = world.state().counts();
  EXPECT_GT(counts.assigned, 10);
  EXPECT_GT(counts.arrived, 5);
}

// TOCSIN_SEEDS=713-713 plays that one night, TOCSIN_SEEDS=1-10000 as many.
struct Seeds {
  unsigned long first = 1;
  unsigned long last = 40;
};
Seeds seeds() {
  Seeds wanted;
  if (const char* range = std::getenv("TOCSIN_SEEDS"))
    if (std::sscanf(range, "%lu-%lu", &wanted.first, &wanted.last) != 2)
      ADD_FAILURE() << "TOCSIN_SEEDS is FIRST-LAST, not " << range;
  return wanted;
}

TEST(Simulation, HoldsThroughLossDelayDoublingAndReordering) {
  const Seeds wanted = seeds();
  ASSERT_LE(wanted.first, wanted.last);
  for (std::uint64_t seed = wanted.first; seed <= wanted.last; ++seed) {
    World world{seed, kStaff, kStorm, DieAt::never, 0};
    EXPECT_EQ(world.play(), "") << "seed " << seed;
  }
}

TEST(Simulation, HoldsThroughADeathAtEveryAppend) {
  World calm{5, kStaff, kStorm, DieAt::never, 0};
  ASSERT_EQ(calm.play(), "");
  ASSERT_GT(calm.appends(), 20U);
  for (const DieAt die : {DieAt::before_append, DieAt::after_append})
    for (std::uint64_t on = 1; on <= calm.appends(); ++on) {
      World world{5, kStaff, kStorm, die, on};
      EXPECT_EQ(world.play(), "") << "killed at append " << on;
      // After a death the random numbers differ, so a night may end before the append of this
      // number.
      if (on < calm.appends() / 2) {
        EXPECT_EQ(world.deaths(), 1U) << "append " << on;
      }
    }
}

TEST(Simulation, TheSameSeedIsTheSameNight) {
  World a{9, kStaff, kStorm, DieAt::never, 0};
  World b{9, kStaff, kStorm, DieAt::never, 0};
  EXPECT_EQ(a.play(), "");
  EXPECT_EQ(b.play(), "");
  EXPECT_EQ(a.appends(), b.appends());
  EXPECT_EQ(a.state().messages.size(), b.state().messages.size());
}

// Proves that the checker works: it finds a journal that forgets one append.
TEST(Simulation, APlantedBugIsFound) {
  World world{1, kStaff, kCalm, DieAt::never, 0, Plant::forgets_an_append};
  std::string found;
  try {
    found = world.play();
  } catch (const std::exception& fault) {
    found = fault.what();
  }
  EXPECT_NE(found, "");
}

}  // namespace
}  // namespace tocsin::simulation
