#include "allocation/allocator.h"

#include <gtest/gtest.h>

#include <map>

#include "unit/allocation/oracle.h"

namespace tocsin::allocation {
namespace {

using base::SeededRandom;

// Simulates an incident: people come, go, change their minds and are told where to go.
class Incident {
 public:
  Incident(std::uint64_t seed, const oracle::Shape& shape)
      : seed_{seed},
        shape_{shape},
        random_{seed},
        problem_{oracle::random_problem(random_, shape)},
        next_id_{problem_.responders.size()},
        allocator_{problem_} {
    for (const Responder& responder : problem_.responders)
      place_[responder.id] = allocator_.post_of(responder.id);
  }

  void live_through(int calls) {
    for (call_ = 0; call_ < calls; ++call_) {
      SCOPED_TRACE(testing::Message() << seed_ << " call " << call_);
      const std::uint64_t what = random_.below(12);
      const auto moves = what < 4 || problem_.responders.empty() ? one_comes() : one_changes(what);
      for (const Move& move : moves) {
        ASSERT_EQ(place_.at(move.responder), move.from);
        ASSERT_NE(move.from, move.to);
        place_[move.responder] = move.to;
      }
      compare_with_a_fresh_solve();
      if (testing::Test::HasFatalFailure()) return;
    }
  }

 private:
  std::vector<Move> one_comes() {
    problem_.responders.push_back(oracle::random_responder(random_, shape_, next_id_++));
    place_[problem_.responders.back().id] = std::nullopt;
    return allocator_.add(problem_.responders.back());
  }

  std::vector<Move> one_changes(std::uint64_t what) {
    const std::size_t i = random_.below(problem_.responders.size());
    Responder& responder = problem_.responders[i];
    if (what < 6) {
      one_goes(i);
      return {};
    }
    if (what < 8) {
      const ResponderId id = responder.id;
      responder = oracle::random_responder(random_, shape_, 0);
      responder.id = id;
      // Sometimes somebody is later than anybody before.
      if (random_.chance(0.05)) responder.eta = Minutes{5000 * call_};
      return allocator_.change(responder);
    }
    if (what < 10) {
      // Somebody is delayed: they arrive later than they said.
      responder.eta += Minutes{1 + static_cast<int>(random_.below(random_.chance(0.5) ? 3 : 60))};
      return allocator_.change(responder);
    }
    responder.told = allocator_.post_of(responder.id);
    return allocator_.set_told(responder.id, responder.told);
  }

  void one_goes(std::size_t i) {
    const ResponderId id = problem_.responders[i].id;
    for (const Move& move : allocator_.remove(id)) place_[move.responder] = move.to;
    EXPECT_EQ(place_.at(id), std::nullopt);
    place_.erase(id);
    problem_.responders.erase(problem_.responders.begin() + static_cast<std::ptrdiff_t>(i));
  }

  void compare_with_a_fresh_solve() {
    const auto held = oracle::held_in(problem_, allocator_.solution());
    ASSERT_TRUE(held.has_value());
    const auto fresh = oracle::held_in(problem_, solve(problem_));
    ASSERT_EQ(oracle::worth_of(problem_, *held), oracle::worth_of(problem_, *fresh));
    if (call_ % 4 == 0) {
      ASSERT_FALSE(oracle::can_be_improved(problem_, *held));
    }
    ASSERT_EQ(allocator_.size(), problem_.responders.size());
    for (const Responder& responder : problem_.responders) {
      ASSERT_EQ(allocator_.post_of(responder.id), place_.at(responder.id));
      ASSERT_EQ(*allocator_.find(responder.id), responder);
    }
  }

  std::uint64_t seed_;
  oracle::Shape shape_;
  SeededRandom random_;
  Problem problem_;
  std::uint64_t next_id_;
  Allocator allocator_;
  std::map<ResponderId, std::optional<PostId>> place_;
  int call_ = 0;
};

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
    Incident incident{seed, shape};
    ASSERT_NO_FATAL_FAILURE(incident.live_through(60));
  }
}

// Many people come and go at few posts, so that the heaps must drop those who left.
TEST(Allocator, StaysGoodThroughALongNight) {
  Incident incident{7, {3, 30, 2, 2, 8, 50}};
  ASSERT_NO_FATAL_FAILURE(incident.live_through(1200));
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
  // Somebody who was told stays, because a change weighs more than minutes.
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
