#include "callout/choose.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace tocsin::callout {
namespace {

using base::Minutes;

Candidate person(std::uint32_t number, std::uint32_t kind, int travel) {
  Candidate c;
  c.person = number;
  c.kind = kind;
  c.travel = Minutes{travel};
  return c;
}

std::vector<std::uint32_t> people(const Choice& choice) {
  std::vector<std::uint32_t> out;
  for (const Ask& ask : choice.asks) out.push_back(ask.person);
  std::sort(out.begin(), out.end());
  return out;
}

const std::vector<std::vector<bool>> kOneKind = {{true}};

TEST(Choose, AsksTheOverCallAndNobodyElse) {
  const std::vector<Demand> demands = {{0, 1, 2, 0, 1.5, Minutes{60}}};
  std::vector<Candidate> candidates;
  for (std::uint32_t p = 0; p < 10; ++p)
    candidates.push_back(person(p, 0, 30 - static_cast<int>(p)));
  // The three nearest: travel falls with the number.
  EXPECT_EQ(people(choose(demands, candidates, kOneKind, {100})),
            (std::vector<std::uint32_t>{7, 8, 9}));
}

TEST(Choose, CountsThoseWhoMayStillAnswer) {
  EXPECT_EQ((Demand{0, 1, 4, 0, 2.0, {}}.wanted()), 8);
  EXPECT_EQ((Demand{0, 1, 4, 5, 2.0, {}}.wanted()), 3);
  EXPECT_EQ((Demand{0, 1, 4, 9, 2.0, {}}.wanted()), 0);
  EXPECT_EQ((Demand{0, 1, 0, 0, 2.0, {}}.wanted()), 0);
  EXPECT_EQ((Demand{0, 1, 10, 0, 1.1, {}}.wanted()), 11);  // not 12, whatever 10 × 1.1 is in binary
}

TEST(Choose, PrefersOnCallThenNearAndRestedPeople) {
  const std::vector<Demand> demands = {{0, 1, 1, 0, 1.0, Minutes{20}}};
  Candidate tired = person(0, 0, 5);
  tired.rest_broken = true;
  const Candidate far = person(1, 0, 40);
  const Candidate near = person(2, 0, 15);
  Candidate bound = person(3, 0, 19);
  bound.on_call = true;
  const auto first = [&](const std::vector<Candidate>& all) {
    return choose(demands, all, kOneKind, {100}).asks.front().person;
  };
  EXPECT_EQ(first({tired, far, near, bound}), 3U);
  EXPECT_EQ(first({tired, far, near}), 2U);
  EXPECT_EQ(first({tired, far}), 1U);
  EXPECT_EQ(first({tired}), 0U);  // ranked down, never forbidden
}

// Kind 0 can hold both posts, kind 1 only the first: the versatile are kept for what only they can
// do.
TEST(Choose, KeepsTheVersatileFree) {
  const std::vector<std::vector<bool>> can_hold = {{true, true}, {true, false}};
  const std::vector<Demand> demands = {{0, 1, 1, 0, 1.0, {}}, {1, 1, 1, 0, 1.0, {}}};
  const std::vector<Candidate> candidates = {person(0, 0, 1), person(1, 1, 50)};
  const Choice choice = choose(demands, candidates, can_hold, {100});
  ASSERT_EQ(choice.asks.size(), 2U);
  for (const Ask& ask : choice.asks) EXPECT_EQ(ask.post, ask.person == 0 ? 1U : 0U);
  EXPECT_TRUE(choice.exhausted.empty());
}

TEST(Choose, StopsAtTheShareOfAStaffGroup) {
  const std::vector<Demand> demands = {{0, 1, 5, 0, 2.0, {}}};
  std::vector<Candidate> candidates;
  for (std::uint32_t p = 0; p < 20; ++p) candidates.push_back(person(p, 0, 10));
  const Choice choice = choose(demands, candidates, kOneKind, {4});
  EXPECT_EQ(choice.asks.size(), 4U);
  EXPECT_EQ(choice.exhausted, std::vector<std::uint32_t>{0});
}

TEST(Choose, NobodyIsAskedTwiceAndTheFirstRankIsServedFirst) {
  const std::vector<std::vector<bool>> can_hold = {{true, true, true}};
  const std::vector<Demand> demands = {
      {0, 3, 2, 0, 2.0, {}}, {1, 1, 2, 0, 2.0, {}}, {2, 2, 2, 0, 2.0, {}}};
  std::vector<Candidate> candidates;
  for (std::uint32_t p = 0; p < 6; ++p) candidates.push_back(person(p, 0, 10));
  const Choice choice = choose(demands, candidates, can_hold, {100});
  std::set<std::uint32_t> asked;
  std::map<std::uint32_t, int> per_post;
  for (const Ask& ask : choice.asks) {
    EXPECT_TRUE(asked.insert(ask.person).second);
    ++per_post[ask.post];
  }
  EXPECT_EQ(per_post[1], 4);
  EXPECT_EQ(per_post[2], 2);
  EXPECT_EQ(per_post[0], 0);
  EXPECT_EQ(choice, choose(demands, candidates, can_hold, {100}));
}

}  // namespace
}  // namespace tocsin::callout
