#include "roster/rota/difference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "base/random.h"

namespace tocsin::roster {
namespace {

using std::chrono::hours;

const base::Instant kPlannedFrom = *base::from_rfc3339("2026-11-29T00:00:00Z");

Stint a_stint(const char* person, Duty duty, int from, int until) {
  return {PersonId{person}, duty, {}, {}, kPlannedFrom + hours{from}, kPlannedFrom + hours{until}};
}

TEST(Difference, TellsMovedFromAddedAndRemoved) {
  const Stint stays = a_stint("a", Duty::on_duty, 0, 12);
  const Stint early = a_stint("a", Duty::on_duty, 48, 60);
  const Stint later = a_stint("a", Duty::on_duty, 54, 62);
  const Stint gone = a_stint("b", Duty::on_call, 0, 12);
  const Stint leave = a_stint("b", Duty::absent, 2, 12);
  const Stint next_week = a_stint("c", Duty::on_call, 168, 180);
  const Rota before{1, {stays, early, gone}, {{1, leave, "sick", kPlannedFrom}}};
  const Rota after{2, {stays, later, leave, next_week}, {}};
  EXPECT_EQ(differences(before, after),
            (std::vector<PlanDifference>{{PersonId{"a"}, {}, {}, {{early, later}}},
                                         {PersonId{"b"}, {leave}, {gone}, {}},
                                         {PersonId{"c"}, {next_week}, {}, {}}}));
  EXPECT_TRUE(differences(before, before).empty());
}

// A stint a whole day later is another stint, and the nearest of several is the moved one.
TEST(Difference, PairsTheNearest) {
  const Rota before{1, {a_stint("a", Duty::on_duty, 0, 8)}, {}};
  const auto found = differences(
      before,
      Rota{2, {a_stint("a", Duty::on_duty, 3, 8), a_stint("a", Duty::on_duty, 23, 30)}, {}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(
      found[0].moved,
      (std::vector<Moved>{{a_stint("a", Duty::on_duty, 0, 8), a_stint("a", Duty::on_duty, 3, 8)}}));
  EXPECT_EQ(found[0].added.size(), 1U);
  EXPECT_TRUE(
      differences(before, Rota{2, {a_stint("a", Duty::on_duty, 24, 32)}, {}})[0].moved.empty());
}

// Whatever is said of the change, applying it to the old plan gives the new one.
TEST(Difference, LeadsFromTheOldPlanToTheNew) {
  base::SeededRandom random{6};
  const auto plan = [&] {
    std::vector<Stint> out;
    for (std::uint64_t n = random.below(20); n > 0; --n) {
      const int from = static_cast<int>(random.below(100));
      out.push_back(a_stint(random.chance(0.5) ? "a" : "b",
                            random.chance(0.5) ? Duty::on_duty : Duty::on_call, from, from + 8));
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  };
  for (int round = 0; round < 300; ++round) {
    std::vector<Stint> now = plan();
    const std::vector<Stint> wanted = plan();
    const auto take = [&](const Stint& one) {
      const auto at = std::find(now.begin(), now.end(), one);
      ASSERT_NE(at, now.end());
      now.erase(at);
    };
    for (const PlanDifference& one : differences(Rota{1, now, {}}, Rota{2, wanted, {}})) {
      for (const Stint& gone : one.removed) take(gone);
      for (const Moved& moved : one.moved) {
        take(moved.from);
        now.push_back(moved.to);
      }
      now.insert(now.end(), one.added.begin(), one.added.end());
    }
    std::sort(now.begin(), now.end());
    EXPECT_EQ(now, wanted) << round;
  }
}

}  // namespace
}  // namespace tocsin::roster
