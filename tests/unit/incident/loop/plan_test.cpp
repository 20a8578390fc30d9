#include "incident/loop/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "incident/seating/want.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

Plan plan_of(const Night& night) {
  std::vector<Body> declaration;
  for (const Event& event : night.events) declaration.push_back(event.body);
  base::SeededRandom ids{8};
  return make_plan(std::move(declaration), kDeclared, ids);
}

TEST(PlanTest, ItsFirstWaveIsTheOneThatWouldBeSent) {
  Night night;
  const Plan plan = plan_of(night);
  night.settle(0);
  std::vector<PersonIndex> asked;
  for (PersonIndex p = 0; p < night.state.people.size(); ++p)
    if (night.state.people[p].was_asked()) asked.push_back(p);
  ASSERT_FALSE(plan.waves.empty());
  EXPECT_EQ(plan.waves[0].minute, base::Minutes{0});
  EXPECT_EQ(plan.waves[0].people, asked);
  EXPECT_EQ(plan.state.outlook, night.state.outlook);
}

// Without an answer the first shift stays short, so each wave asks others than the ones before.
TEST(PlanTest, NobodyIsInTwoWavesAndEachIsCountedForOnePost) {
  const Plan plan = plan_of(Night{});
  std::set<PersonIndex> people;
  int asked = 0;
  for (const PlannedWave& wave : plan.waves) {
    EXPECT_EQ(wave.minute % kReviewEvery, base::Minutes{0});
    EXPECT_FALSE(wave.people.empty());
    int for_posts = 0;
    for (const auto& [post, count] : wave.asked) for_posts += count;
    EXPECT_EQ(for_posts, static_cast<int>(wave.people.size()));
    asked += for_posts;
    people.insert(wave.people.begin(), wave.people.end());
  }
  EXPECT_EQ(plan.asked, asked);
  EXPECT_EQ(people.size(), static_cast<std::size_t>(asked));
  EXPECT_LE(plan.waves.size(), 3U);
}

TEST(PlanTest, AlarmsExactlyForPostsBelowTheirTarget) {
  const Night night;
  const Plan plan = plan_of(night);
  ASSERT_EQ(plan.posts.size(), night.state.playbook.posts.size());
  bool risk = false;
  for (PostIndex p = 0; p < plan.posts.size(); ++p) {
    const PlannedPost& planned = plan.posts[p];
    const playbook::Post& post = night.state.playbook.posts[p];
    EXPECT_EQ(planned.post, p);
    double worst = 1;
    for (const SeatOutlook& seat : plan.state.outlook)
      if (seat.post == post.id) worst = std::min(worst, static_cast<double>(seat.per_mille) / 1000);
    EXPECT_EQ(planned.probability, worst) << post.id.str();
    EXPECT_EQ(planned.at_risk, worst < (post.priority == 1 ? 0.95 : 0.90)) << post.id.str();
    risk = risk || planned.at_risk;
  }
  EXPECT_EQ(plan.has_risk(), risk);
  EXPECT_TRUE(risk);  // four nurses and two doctors, of whom published drills reach half
}

TEST(PlanTest, ItsCurvesRiseToAtMostTheSeatsThereAre) {
  const Night night;
  const Plan plan = plan_of(night);
  const auto times = curve();
  EXPECT_EQ(times.front(), base::Minutes{0});
  EXPECT_EQ(times.back(), base::Minutes{120});
  double at_the_end = 0;
  for (const PlannedPost& planned : plan.posts) {
    ASSERT_EQ(planned.expected.size(), times.size());
    for (std::size_t i = 1; i < times.size(); ++i)
      EXPECT_LE(planned.expected[i - 1], planned.expected[i] + 1e-9);
    EXPECT_GE(planned.expected.front(), 0);
    EXPECT_LE(planned.expected.back(), night.state.playbook.posts[planned.post].count() + 1e-9);
    at_the_end += planned.expected.back();
  }
  EXPECT_GT(at_the_end, 0.5);
}

TEST(PlanTest, WithoutAnybodyToAskThereIsNoWaveAndEveryPostIsAtRisk) {
  const Plan plan =
      plan_of(Night{kPlaybook, {Night::person("fay", "Fay Hart", {"porter"}, 5)}, {}});
  EXPECT_TRUE(plan.waves.empty());
  EXPECT_EQ(plan.asked, 0);
  EXPECT_TRUE(plan.has_risk());
}

}  // namespace
}  // namespace tocsin::incident
