// In which order a wave asks, and for which seats.
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

// Whether they are at work, at home or on leave: nobody knows, so others go first. But nobody whose
// rest is known to be broken.
TEST(Order, AsksWhoseDutyIsUnknownAfterThoseKnownToBeOffDuty) {
  const Belief belief{Evidence{}};
  const std::vector<bool> holds{true};
  Question question;
  question.can_hold = {&holds};
  question.group_room = {1'000};
  Post post;
  post.open = 6;
  post.deadlines.push_back(Deadline{0, 6, 90, {}, 90, 6});
  post.at_all = post.deadlines.front();
  question.posts.push_back(post);
  for (std::uint32_t p = 0; p < 15; ++p) {
    Candidate c;
    c.person = p;
    c.travel = p < 5 ? 5 : 30;  // the unknown live nearest
    c.duty_unknown = p < 5;
    c.rest_broken = p >= 10;
    question.candidates.push_back(c);
  }
  Recourses recourses;
  const std::vector<Ask> asks = plan_wave(question, belief, recourses).asks;
  ASSERT_GE(asks.size(), 10U);
  for (std::size_t i = 0; i < asks.size(); ++i) {
    EXPECT_EQ(question.candidates[asks[i].person].duty_unknown, i >= 5 && i < 10) << i;
    EXPECT_EQ(question.candidates[asks[i].person].rest_broken, i >= 10) << i;
  }
}

// Seats that people who may be at work are left to fill: no wave is sized for them, and no outlook
// counts on them.
TEST(Order, SeatsLeftToOthersMakeNoWaveLargerAndNoOutlookBrighter) {
  const Belief belief{Evidence{}};
  const std::vector<bool> holds{true};
  const auto wave = [&](int seats, int left_to_others) {
    Question question;
    question.can_hold = {&holds};
    question.group_room = {1'000};
    for (std::uint32_t p = 0; p < 100; ++p) {
      Candidate c;
      c.person = p;
      c.travel = 10;
      question.candidates.push_back(c);
    }
    Post post;
    post.open = seats;
    Deadline deadline{0, seats, 90, {}, 90, seats - left_to_others};
    deadline.left_to_others = left_to_others;
    post.deadlines.push_back(deadline);
    post.at_all = deadline;
    question.posts.push_back(post);
    Recourses recourses;
    return plan_wave(question, belief, recourses);
  };
  const Wave known = wave(3, 0);
  const Wave left = wave(8, 5);
  EXPECT_EQ(left.asks.size(), known.asks.size());
  EXPECT_LT(left.asks.size(), wave(8, 0).asks.size());
  ASSERT_EQ(left.outlook.size(), 1U);
  EXPECT_LT(left.outlook[0].probability, 0.5 * known.outlook[0].probability);
  // All of them: nobody is asked, and the post is not given up.
  const Wave all = wave(4, 4);
  EXPECT_TRUE(all.asks.empty());
  EXPECT_TRUE(all.exhausted.empty());
  EXPECT_LT(all.outlook[0].probability, 0.01);
}

}  // namespace
}  // namespace tocsin::callout
