#include "allocation/scale.h"

#include <gtest/gtest.h>

#include <functional>

#include "unit/allocation/oracle.h"

namespace tocsin::allocation {
namespace {

__extension__ using Integer = __int128;

Integer power(unsigned shift) { return Integer{1} << shift; }

// The worth of an arc, in one integer. Of the seats, those of the least important class are worth
// one unit, and those of each class above one unit more; units grow from stage to stage.
Integer weighed(const Scale& scale, const oracle::Worth& worth, std::size_t levels_of_stage_0,
                std::size_t levels) {
  Integer sum = worth[0] * power(scale.fixed);
  std::size_t at = 1;
  const auto value = [&](std::size_t rank) {
    Integer all = 0;
    for (std::size_t below = rank; below < 2 * levels; ++below) all += power(scale.seat[below / 2]);
    return all;
  };
  for (const auto& [first, last] :
       {std::pair{std::size_t{0}, levels_of_stage_0}, std::pair{levels_of_stage_0, levels}}) {
    for (std::size_t level = first; level < last; ++level, at += 2) {
      const bool is_minimum = worth[at] != 0;
      if (worth[at + 1] != 0) sum += worth[at + 1] * value(2 * level + (is_minimum ? 0 : 1));
    }
    for (std::size_t level = first; level < last; ++level, ++at)
      sum += worth[at] * power(scale.on_time[level]);
  }
  sum += worth[at] * power(scale.breach);
  sum += worth[at + 1] * power(scale.change);
  sum += worth[at + 2] * power(scale.last_resort);
  return sum + worth[at + 3];
}

// Visits every simple cycle of the arcs: each as the numbers of its arcs, once for each node that
// it can begin at.
void each_cycle(const std::vector<oracle::Arc>& arcs, std::size_t nodes,
                const std::function<void(const std::vector<std::size_t>&)>& visit) {
  std::vector<std::size_t> path;
  std::vector<bool> passed(nodes, false);
  for (std::size_t start = 0; start < nodes; ++start) {
    const auto go_on = [&](const auto& self, std::size_t node) -> void {
      for (std::size_t i = 0; i < arcs.size(); ++i) {
        if (arcs[i].from != node || arcs[i].to < start || passed[arcs[i].to]) continue;
        path.push_back(i);
        passed[arcs[i].to] = true;
        if (arcs[i].to == start)
          visit(path);
        else
          self(self, arcs[i].to);
        passed[arcs[i].to] = false;
        path.pop_back();
      }
    };
    go_on(go_on, start);
  }
}

int sign_of(const oracle::Worth& worth) {
  for (const std::int64_t member : worth)
    if (member != 0) return member < 0 ? -1 : 1;
  return 0;
}

// What scale.h proves, tried out: the one integer of a cycle has the sign of its first objective.
TEST(ScaleTest, OneIntegerComparesAllObjectivesInTheirOrder) {
  std::size_t cycles = 0;
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    base::SeededRandom random{seed};
    oracle::Shape shape{3, 5, 1, 1 + random.below(3), 2, 1 + random.below(30)};
    shape.stages = 1 + random.below(2);
    const Problem problem = oracle::random_problem(random, shape);
    std::vector<int> held(problem.responders.size(), -1);
    for (std::size_t i = 0; i < held.size(); ++i) {
      const std::size_t p = random.below(problem.posts.size());
      if (std::ranges::count(held, static_cast<int>(p)) < problem.posts[p].count &&
          oracle::may_hold(problem.responders[i], problem.posts[p]))
        held[i] = static_cast<int>(p);
    }
    const Ground ground{problem.posts};
    const Scale scale{ground, static_cast<std::int64_t>(shape.eta)};
    ASSERT_LT(scale.bits_needed(), 120U) << "more than the integers of this test hold";
    const auto arcs = oracle::possible_moves(problem, held);
    const std::size_t first = oracle::priorities_of(problem, ground.stages()[0]).size();
    std::vector<Integer> costs;
    for (const oracle::Arc& arc : arcs) {
      costs.push_back(weighed(scale, arc.cost, first, ground.levels()));
      ASSERT_LT(costs.back(), power(scale.bits)) << seed;
      ASSERT_GT(costs.back(), -power(scale.bits)) << seed;
    }
    each_cycle(arcs, problem.posts.size() + 1, [&](const std::vector<std::size_t>& cycle) {
      oracle::Worth worth(arcs.front().cost.size(), 0);
      Integer cost = 0;
      for (const std::size_t i : cycle) {
        cost += costs[i];
        for (std::size_t k = 0; k < worth.size(); ++k) worth[k] += arcs[i].cost[k];
      }
      ASSERT_EQ(cost < 0 ? -1 : cost > 0 ? 1 : 0, sign_of(worth)) << seed;
      ASSERT_TRUE(cost < power(scale.bits) && cost > -power(scale.bits)) << seed;
      ++cycles;
    });
  }
  EXPECT_GT(cycles, 5'000U);
}

TEST(ScaleTest, NeedsNoRoomForWhatIsNotThere) {
  const Ground empty{std::vector<Post>{}};
  EXPECT_LE(Scale(empty, 0).bits_needed(), 16U);
  std::vector<Post> posts(4);
  for (std::size_t i = 0; i < posts.size(); ++i) {
    posts[i].id = PostId{std::to_string(i)};
    posts[i].priority = static_cast<std::int64_t>(i);
  }
  // A few priorities and a day of minutes fit a machine word, which is several times as fast.
  EXPECT_LE(Scale(Ground{posts}, 24 * 60).bits_needed(), 64U);
}

}  // namespace
}  // namespace tocsin::allocation
