#include "allocation/allocator.h"

#include <gtest/gtest.h>

#include <map>

#include "unit/allocation/oracle.h"

namespace tocsin::allocation {
namespace {

using base::SeededRandom;

// One incident: people come, go, change their minds and are told where to go.
void live_through(std::uint64_t seed, const oracle::Shape& shape, int calls) {
  SeededRandom random{seed};
  Problem problem = oracle::random_problem(random, shape);
  std::uint64_t next_id = problem.responders.size();
  Allocator allocator{problem};
  std::map<ResponderId, std::optional<PostId>> place;
  for (const Responder& responder : problem.responders)
    place[responder.id] = allocator.post_of(responder.id);

  for (int call = 0; call < calls; ++call) {
    const std::uint64_t what = random.below(12);
    std::vector<Move> moves;
    if (what < 4 || problem.responders.empty()) {
      problem.responders.push_back(oracle::random_responder(random, shape, next_id++));
      place[problem.responders.back().id] = std::nullopt;
      moves = allocator.add(problem.responders.back());
    } else {
      const std::size_t i = random.below(problem.responders.size());
      Responder& responder = problem.responders[i];
      if (what < 6) {
        moves = allocator.remove(responder.id);
        for (const Move& move : moves) place[move.responder] = move.to;
        ASSERT_EQ(place.at(responder.id), std::nullopt);
        place.erase(responder.id);
        moves.clear();
        problem.responders.erase(problem.responders.begin() + static_cast<std::ptrdiff_t>(i));
      } else if (what < 8) {
        const ResponderId id = responder.id;
        responder = oracle::random_responder(random, shape, 0);
        responder.id = id;
        // Now and then somebody is later than anyone was.
        if (random.chance(0.05)) responder.eta = Minutes{5000 * call};
        moves = allocator.change(responder);
      } else if (what < 10) {
        // On the road, or waiting longer: only later than they were.
        responder.eta += Minutes{1 + static_cast<int>(random.below(random.chance(0.5) ? 3 : 60))};
        moves = allocator.change(responder);
      } else {
        responder.told = allocator.post_of(responder.id);
        moves = allocator.set_told(responder.id, responder.told);
      }
    }
    for (const Move& move : moves) {
      ASSERT_EQ(place.at(move.responder), move.from);
      ASSERT_NE(move.from, move.to);
      place[move.responder] = move.to;
    }
    const Solution solution = allocator.solution();
    const auto held = oracle::held_in(problem, solution);
    ASSERT_TRUE(held.has_value()) << seed << " call " << call;
    const auto fresh = oracle::held_in(problem, solve(problem));
    ASSERT_EQ(oracle::worth_of(problem, *held), oracle::worth_of(problem, *fresh))
        << seed << " call " << call;
    if (call % 4 == 0) {
      ASSERT_FALSE(oracle::can_be_improved(problem, *held)) << seed << " call " << call;
    }
    ASSERT_EQ(allocator.size(), problem.responders.size());
    for (std::size_t i = 0; i < problem.responders.size(); ++i) {
      const ResponderId& id = problem.responders[i].id;
      ASSERT_EQ(allocator.post_of(id), place.at(id)) << seed << " call " << call;
      ASSERT_EQ(*allocator.find(id), problem.responders[i]);
    }
  }
}

TEST(Allocator, StaysAsGoodAsAFreshSolve) {
  for (std::uint64_t seed = 0; seed < 80; ++seed) {
    SeededRandom random{seed ^ 0xa5a5};
    oracle::Shape shape;
    shape.posts = 1 + random.below(8);
    shape.responders = random.below(20);
    shape.skills = random.below(4);
    shape.priorities = 1 + random.below(4);
    shape.count = 1 + random.below(random.chance(0.5) ? 4 : 20);
    shape.eta = random.chance(0.5) ? 4 : 200;
    ASSERT_NO_FATAL_FAILURE(live_through(seed, shape, 60));
  }
}

// Many comings and goings at few posts: the heaps shed those who left.
TEST(Allocator, StaysGoodThroughALongNight) {
  ASSERT_NO_FATAL_FAILURE(live_through(7, {3, 30, 2, 2, 8, 50}, 1200));
}

TEST(Allocator, TellsWhoMoves) {
  Post one;
  one.id = PostId{"resus"};
  one.count = 1;
  Allocator allocator{{{one}, {}}};
  Responder slow;
  slow.id = ResponderId{"slow"};
  slow.eta = Minutes{50};
  Responder quick;
  quick.id = ResponderId{"quick"};
  quick.eta = Minutes{5};
  const PostId resus{"resus"};
  EXPECT_EQ(allocator.add(slow), (std::vector<Move>{{slow.id, {}, resus}}));
  EXPECT_EQ(allocator.add(quick), (std::vector<Move>{{quick.id, {}, resus}, {slow.id, resus, {}}}));
  EXPECT_TRUE(allocator.change(quick).empty());
  // Told people stay: a change weighs more than minutes.
  EXPECT_TRUE(allocator.set_told(quick.id, resus).empty());
  slow.eta = Minutes{1};
  EXPECT_TRUE(allocator.change(slow).empty());
  EXPECT_EQ(allocator.remove(quick.id),
            (std::vector<Move>{{quick.id, resus, {}}, {slow.id, {}, resus}}));
  EXPECT_EQ(allocator.filled(resus), 1U);
  EXPECT_EQ(allocator.find(quick.id), nullptr);
}

}  // namespace
}  // namespace tocsin::allocation
