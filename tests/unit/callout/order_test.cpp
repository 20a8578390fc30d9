// In which order a wave asks.
#include <gtest/gtest.h>

#include "callout/wave.h"

namespace tocsin::callout {
namespace {

// The obliged come before the willing, also when they live farther away and were called more often;
// whose rest would be broken comes last, obliged or not.
TEST(Order, AsksWhoIsOnCallFirstAndWhoseRestIsBrokenLast) {
  const Belief belief{Evidence{}};
  const std::vector<bool> holds{true};
  Question question;
  question.can_hold = {&holds};
  question.group_room = {1'000};
  Post post;
  post.open = 2;
  post.deadlines.push_back(Deadline{0, 2, 90, {}, 90, 2});
  post.at_all = post.deadlines.front();
  question.posts.push_back(post);
  const auto candidate = [&](bool on_call, bool rest_broken, double travel) {
    Candidate c;
    c.person = static_cast<std::uint32_t>(question.candidates.size());
    c.on_call = on_call;
    c.rest_broken = rest_broken;
    c.travel = travel;
    c.burden = on_call ? 3 : 0;
    question.candidates.push_back(c);
  };
  for (int i = 0; i < 6; ++i) candidate(false, false, 10);
  for (int i = 0; i < 3; ++i) candidate(true, true, 10);
  for (int i = 0; i < 3; ++i) candidate(true, false, 40);
  Recourses recourses;
  const std::vector<Ask> asks = plan_wave(question, belief, recourses).asks;
  ASSERT_GT(asks.size(), 3U);
  ASSERT_LE(asks.size(), 9U);
  for (std::size_t i = 0; i < asks.size(); ++i) {
    const Candidate& asked = question.candidates[asks[i].person];
    EXPECT_EQ(asked.on_call, i < 3) << i;
    EXPECT_FALSE(asked.rest_broken) << i;
  }
}

}  // namespace
}  // namespace tocsin::callout
