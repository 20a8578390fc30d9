#include "allocation/ground.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "unit/allocation/oracle.h"
#include "unit/allocation/small.h"

namespace tocsin::allocation {
namespace {

TEST(BitsTest, ContainAndMeetAsSetsDo) {
  base::SeededRandom random{1};
  for (int round = 0; round < 2'000; ++round) {
    std::set<std::uint32_t> sets[2];
    Bits bits[2];
    for (int side = 0; side < 2; ++side)
      for (std::uint64_t left = random.below(4); left > 0; --left) {
        const auto bit = static_cast<std::uint32_t>(random.below(random.chance(0.5) ? 6 : 200));
        sets[side].insert(bit);
        bits[side].set(bit);
      }
    for (std::uint32_t bit = 0; bit < 260; ++bit)
      ASSERT_EQ(bits[0].test(bit), sets[0].contains(bit));
    ASSERT_EQ(bits[0].contains(bits[1]), std::ranges::includes(sets[0], sets[1]));
    ASSERT_EQ(bits[0].meets(bits[1]), std::ranges::any_of(sets[0], [&](std::uint32_t bit) {
                return sets[1].contains(bit);
              }));
  }
}

// The posts as they stand in the ground: by stage, priority and id, without those that have no
// seat.
std::vector<const Post*> in_order(const Problem& problem) {
  std::vector<const Post*> posts;
  for (const Post& one : problem.posts)
    if (one.count > 0) posts.push_back(&one);
  std::ranges::sort(posts, [](const Post* a, const Post* b) {
    return std::tie(a->stage, a->priority, a->id) < std::tie(b->stage, b->priority, b->id);
  });
  return posts;
}

oracle::Shape shape_of(base::SeededRandom& random) {
  oracle::Shape shape;
  shape.posts = 1 + random.below(9);
  shape.responders = random.below(15);
  shape.priorities = 1 + random.below(4);
  shape.stages = 1 + random.below(3);
  return shape;
}

TEST(GroundTest, OrdersItsNodesWhateverTheOrderOfThePosts) {
  base::SeededRandom random{2};
  for (int round = 0; round < 300; ++round) {
    const Problem problem = oracle::random_problem(random, shape_of(random));
    const Ground ground{problem.posts};
    const auto posts = in_order(problem);
    ASSERT_EQ(ground.nodes().size(), posts.size());
    std::set<std::pair<std::int64_t, std::int64_t>> levels;  // of posts without a seat, too
    for (const Post& one : problem.posts) levels.insert({one.stage, one.priority});
    ASSERT_EQ(ground.levels(), levels.size());
    ASSERT_EQ(ground.stages().size(), levels.size());
    for (Node node = 0; node < posts.size(); ++node) {
      const Post& one = *posts[node];
      const PostNode& there = ground.nodes()[node];
      ASSERT_EQ(&problem.posts[ground.post_index(node)], &one);
      ASSERT_EQ(ground.node_of(one.id), node);
      ASSERT_EQ(there.level, std::distance(levels.begin(), levels.find({one.stage, one.priority})));
      ASSERT_EQ(ground.stages()[there.level], one.stage);
      ASSERT_EQ(there.count, one.count);
      ASSERT_EQ(there.minimum, std::min(one.minimum, one.count));
    }
    for (const Post& one : problem.posts) {
      if (one.count == 0) {
        ASSERT_FALSE(ground.node_of(one.id));
      }
    }
  }
}

TEST(GroundTest, APersonMayHoldWhatTheRulesAllow) {
  base::SeededRandom random{3};
  std::size_t allowed = 0;
  for (int round = 0; round < 300; ++round) {
    const Problem problem = oracle::random_problem(random, shape_of(random));
    Ground ground{problem.posts};
    const auto posts = in_order(problem);
    for (const Responder& one : problem.responders) {
      const Person person = ground.person(one);
      const Profile& profile = ground.profile(person.profile);
      EXPECT_EQ(person.eta, one.eta.count());
      std::vector<Node> nodes;
      for (Node node = 0; node < posts.size(); ++node) {
        if (oracle::may_hold(one, *posts[node])) nodes.push_back(node);
        const auto& breaches = one.breaches;
        ASSERT_EQ(profile.breaches.test(ground.nodes()[node].shift),
                  std::ranges::find(breaches, posts[node]->shift) != breaches.end());
      }
      ASSERT_EQ(profile.nodes, nodes) << round;
      allowed += nodes.size();
      ASSERT_EQ(profile.is_told, one.told.has_value());
      ASSERT_EQ(profile.told, one.told ? ground.node_of(*one.told).value_or(kNone) : kNone);
      ASSERT_EQ(profile.last_resort, one.last_resort);
    }
  }
  EXPECT_GT(allowed, 1'000U);
}

// All that a search looks at. Two people of one profile must not differ in any of it.
TEST(GroundTest, PeopleOfOneProfileDifferInTheirArrivalOnly) {
  base::SeededRandom random{4};
  std::size_t shared = 0;
  for (int round = 0; round < 100; ++round) {
    const Problem problem = oracle::random_problem(random, {3, 60, 1, 2, 2, 40});
    Ground ground{problem.posts};
    const auto posts = in_order(problem);
    std::map<std::uint32_t, std::vector<bool>> facts_of;
    for (const Responder& one : problem.responders) {
      std::vector<bool> facts{one.last_resort, one.told.has_value(), one.fixed.has_value()};
      for (const Post* at : posts) {
        facts.push_back(oracle::may_hold(one, *at));
        facts.push_back(std::ranges::find(one.breaches, at->shift) != one.breaches.end());
        facts.push_back(one.told == at->id);
        facts.push_back(one.fixed == at->id);
      }
      const auto [known, is_new] = facts_of.try_emplace(ground.person(one).profile, facts);
      ASSERT_EQ(known->second, facts) << round;
      shared += is_new ? 0 : 1;
    }
    ASSERT_EQ(ground.profiles(), facts_of.size());
  }
  EXPECT_GT(shared, 100U);
}

TEST(GroundTest, WhatNoPostAsksForSplitsNoProfile) {
  Ground ground{std::vector<Post>{post("resus", 2, {airway, nurse})}};
  const Person one = ground.person(responder("ada", {airway, nurse}, 5));
  Responder other = responder("bo", {nurse, paediatrics, airway, nurse}, 90);
  other.group = GroupId{"theatres"};
  other.breaches = {ShiftId{"relief"}};
  other.barred = {PostId{"elsewhere"}};
  const Person same = ground.person(other);
  EXPECT_EQ(same.profile, one.profile);
  EXPECT_EQ(same.eta, 90);
  other.breaches = {ShiftId{"response"}};
  EXPECT_NE(ground.person(other).profile, one.profile);
  EXPECT_EQ(ground.profiles(), 2U);
}

}  // namespace
}  // namespace tocsin::allocation
