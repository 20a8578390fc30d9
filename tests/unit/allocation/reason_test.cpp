#include "allocation/reason.h"

#include <gtest/gtest.h>

#include "allocation/solve.h"
#include "unit/allocation/small.h"

namespace tocsin::allocation {
namespace {

std::string reason(const Problem& problem, std::string_view id) {
  for (const Unfilled& unfilled : solve(problem).unfilled)
    if (unfilled.post.str() == id) return unfilled.reason;
  return "filled";
}

TEST(Unfilled, SaysWhatNobodyHas) {
  EXPECT_EQ(reason({{post("a", 1)}, {}}, "a"), "there are no responders");
  EXPECT_EQ(reason({{post("a", 1, {airway})}, {responder("ada", {nurse})}}, "a"),
            "no responder has airway");
  const std::vector<Responder> one_each{responder("ada", {airway}), responder("bo", {paediatrics})};
  EXPECT_EQ(reason({{post("a", 1, {airway, paediatrics})}, one_each}, "a"),
            "no responder has both airway and paediatrics");
  EXPECT_EQ(reason({{post("a", 1, {airway, nurse, paediatrics})}, one_each}, "a"),
            "no responder has nurse");
  Post either = post("a", 1, {airway});
  either.any_skills = {nurse, SkillId{"paramedic"}};
  EXPECT_EQ(reason({{either}, one_each}, "a"), "no responder has nurse or paramedic");
  EXPECT_EQ(reason({{either}, {responder("ada", {airway}), responder("bo", {nurse})}}, "a"),
            "no responder has airway and one of nurse or paramedic");
}

TEST(Unfilled, SaysWhereThoseWhoCouldAre) {
  const std::vector<Responder> two{responder("ada", {airway}), responder("bo", {airway})};
  EXPECT_EQ(reason({{post("a", 3, {airway})}, two}, "a"),
            "no free responder with airway: both are here already");
  EXPECT_EQ(reason({{post("a", 2, {airway}), post("b", 1, {airway}, 2)}, two}, "b"),
            "no free responder with airway: both hold posts of higher priority");
  EXPECT_EQ(reason({{post("a", 1, {airway}), post("b", 2, {airway}, 2)}, two}, "b"),
            "no free responder with airway: both hold posts: 1 here, 1 of higher priority");
  Post safe = post("b", 2, {airway});
  safe.minimum = 2;
  EXPECT_EQ(reason({{post("a", 1, {airway}), safe}, two}, "a"),
            "no free responder with airway: both hold posts of the same priority");
  EXPECT_EQ(reason({{post("a", 1), post("b", 1, {}, 2)}, {responder("ada")}}, "b"),
            "no free responder: the only one holds a post of higher priority");
}

TEST(Unfilled, SaysWhoIsKeptAway) {
  Responder barred = responder("ada", {airway});
  barred.barred = {PostId{"a"}};
  EXPECT_EQ(reason({{post("a", 1, {airway})}, {barred}}, "a"),
            "every responder with airway is barred from it or fixed to another post");
  EXPECT_EQ(reason({{post("a", 2, {airway})}, {barred, responder("bo", {airway})}}, "a"),
            "no free responder with airway: the only one is here already; 1 more is barred from it "
            "or fixed to another post");
}

// A skill is any word of a staff list or a problem file, and the reason is shown in a terminal.
TEST(Unfilled, MovesNoCursor) {
  Post wanted = post("a", 1, {SkillId{"air\x1b[2Jway"}});
  wanted.group = GroupId{"nur\nses"};
  const std::string said = reason({{wanted}, {responder("ada", {nurse})}}, "a");
  EXPECT_EQ(said.find_first_of("\x1b\n"), std::string::npos) << said;
  EXPECT_NE(said.find("way"), std::string::npos) << said;
}

TEST(Wanted, SaysWhatAPostAsksForAndNothingWhenItAsksForNothing) {
  Post wanted = post("a", 1);
  EXPECT_EQ(wanted_skills(wanted), "");
  wanted.any_skills = {nurse};
  EXPECT_EQ(wanted_skills(wanted), "nurse");
  wanted.any_skills = {nurse, SkillId{"paramedic"}};
  EXPECT_EQ(wanted_skills(wanted), "one of nurse or paramedic");
  wanted.skills = {airway, paediatrics};
  wanted.group = GroupId{"doctors"};
  EXPECT_EQ(wanted_skills(wanted),
            "airway, paediatrics and the group doctors and one of nurse or paramedic");
}

}  // namespace
}  // namespace tocsin::allocation
