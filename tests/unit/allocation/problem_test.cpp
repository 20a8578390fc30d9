#include "allocation/problem.h"

#include <gtest/gtest.h>

#include "unit/allocation/oracle.h"
#include "unit/allocation/small.h"

namespace tocsin::allocation {
namespace {

TEST(Able, NeedsAllSkillsOneOfTheOthersTheGroupAndTheList) {
  Post wanted = post("resus", 1, {airway, paediatrics});
  wanted.any_skills = {nurse, SkillId{"paramedic"}};
  wanted.group = GroupId{"emergency"};
  wanted.listed_only = true;
  Responder able = responder("ada", {paediatrics, nurse, airway});
  able.group = GroupId{"emergency"};
  able.listed = {PostId{"theatre"}, PostId{"resus"}};
  EXPECT_TRUE(is_able(able, wanted));
  const auto without = [&](auto change) {
    Responder other = able;
    change(other);
    return is_able(other, wanted);
  };
  EXPECT_FALSE(without([](Responder& r) { r.skills = {airway, nurse}; }));
  EXPECT_FALSE(without([](Responder& r) { r.skills = {airway, paediatrics}; }));
  EXPECT_FALSE(without([](Responder& r) { r.group = GroupId{"theatres"}; }));
  EXPECT_FALSE(without([](Responder& r) { r.listed.pop_back(); }));
  // Not what they can do: who keeps them away is the coordinator.
  EXPECT_TRUE(without([](Responder& r) { r.barred = {PostId{"resus"}}; }));
  EXPECT_TRUE(without([](Responder& r) { r.fixed = PostId{"theatre"}; }));
}

TEST(Able, IsWhoMayHoldAPostWhereNobodyKeepsThemAway) {
  base::SeededRandom random{3};
  int able = 0;
  for (int round = 0; round < 200; ++round) {
    Problem problem = oracle::random_problem(random, {});
    for (Responder& one : problem.responders) {
      one.barred.clear();
      one.fixed.reset();
      for (const Post& wanted : problem.posts) {
        ASSERT_EQ(is_able(one, wanted), oracle::may_hold(one, wanted)) << round;
        able += is_able(one, wanted) ? 1 : 0;
      }
    }
  }
  EXPECT_GT(able, 500);
}

}  // namespace
}  // namespace tocsin::allocation
