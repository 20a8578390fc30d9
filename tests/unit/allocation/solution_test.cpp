#include "allocation/solution.h"

#include <gtest/gtest.h>

#include "unit/allocation/oracle.h"
#include "unit/allocation/small.h"

namespace tocsin::allocation {
namespace {

// Some of the responders at posts where they may be, and not the best ones.
std::vector<int> any_places(const Problem& problem, base::SeededRandom& random) {
  std::vector<int> held(problem.responders.size(), -1);
  std::vector<std::int64_t> filled(problem.posts.size(), 0);
  for (std::size_t i = 0; i < held.size(); ++i) {
    const std::size_t p = random.below(problem.posts.size());
    if (filled[p] == problem.posts[p].count) continue;
    if (!oracle::may_hold(problem.responders[i], problem.posts[p])) continue;
    ++filled[p];
    held[i] = static_cast<int>(p);
  }
  return held;
}

TEST(ObjectiveOf, IsWhatCountingOneByOneSays) {
  base::SeededRandom random{8};
  for (int round = 0; round < 500; ++round) {
    const Problem problem = oracle::random_problem(random, {5, 12, 2, 3, 3, 40});
    const std::vector<int> held = any_places(problem, random);
    std::vector<Assignment> assignments;
    for (std::size_t i = 0; i < held.size(); ++i)
      if (held[i] >= 0)
        assignments.push_back({problem.responders[i].id,
                               problem.posts[static_cast<std::size_t>(held[i])].id,
                               {},
                               true});
    const oracle::Worth worth = oracle::worth_of(problem, held);
    ASSERT_EQ(oracle::printed(objective_of(problem, assignments)),
              oracle::Worth(worth.begin() + 1, worth.end()))
        << round;
  }
}

TEST(ObjectiveOf, ListsEachPriorityOnceTheHighestFirst) {
  const Problem problem{{post("c", 1, {}, 7), post("a", 0, {}, 2), post("b", 1, {}, 7)},
                        {responder("ada"), responder("bo")}};
  const Objective objective = objective_of(problem, {{ResponderId{"ada"}, PostId{"b"}, {}, true}});
  EXPECT_EQ(objective.filled, (std::vector<Objective::Filled>{{2, 0, 0}, {7, 0, 1}}));
  EXPECT_EQ(objective.on_time, (std::vector<Objective::OnTime>{{2, 0}, {7, 1}}));
  EXPECT_EQ(objective.minutes, 10);
}

}  // namespace
}  // namespace tocsin::allocation
