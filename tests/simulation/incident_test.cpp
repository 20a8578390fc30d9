#include <gtest/gtest.h>

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

TEST(Simulation, HoldsThroughLossDelayDoublingAndReordering) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
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
