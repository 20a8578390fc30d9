#include "incident/seating/arrival.h"

#include <gtest/gtest.h>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using base::Minutes;

// The small night with Fay, a porter, on duty.
Night with_fay_on_duty() {
  return Night{
      kPlaybook, Night::staff(),
      roster::Rota{1, {{PersonId{"fay"}, roster::Duty::on_duty, {}, {}, at(-60), at(600)}}, {}}};
}

base::Instant ready(const Night& night, const char* id) {
  return ready_at(night.state, night.index(id));
}

base::Instant planned(const Night& night, const char* id) {
  return planned_arrival(night.state, night.index(id));
}

TEST(Arrival, TheNewestKnowledgeOfAPersonCounts) {
  Night night = with_fay_on_duty();
  EXPECT_EQ(ready(night, "fay"), at(0) + kWalk);
  night.happens(2, Pinned{PersonId{"ben"}, PostId{"wards/nurse/response"}, "he knows the ward"});
  EXPECT_EQ(ready(night, "ben"), at(32));  // 30 minutes from home
  night.replies(3, "ana", Answer::last_resort, 0);
  EXPECT_EQ(ready(night, "ana"), at(23));
  night.replies(4, "ana", Answer::later, 480);
  EXPECT_EQ(ready(night, "ana"), at(480));
  night.replies(5, "ana", Answer::coming, 35);
  EXPECT_EQ(ready(night, "ana"), at(35));
  night.happens(6, Assigned{PersonId{"ana"}, PostId{"resus/nurse/response"}, 0, at(40), ""}, "");
  EXPECT_EQ(ready(night, "ana"), at(40));
  night.replies(31, "ana", Answer::arrived, 31);
  EXPECT_EQ(ready(night, "ana"), at(31));
}

TEST(Arrival, APlanExpectsWhatNineteenOfTwentyJourneysDoNotExceed) {
  Night night = with_fay_on_duty();
  night.replies(10, "ana", Answer::coming, 50);
  // A journey takes 1 to 1.6 times the promised time, evenly spread (tocsin-forecast(7)).
  base::SeededRandom random{5};
  int in_time = 0;
  constexpr int kJourneys = 20'000;
  const double plan = minutes_between(at(10), planned(night, "ana"));
  for (int i = 0; i < kJourneys; ++i) in_time += 40 * (1 + 0.6 * random.uniform()) <= plan ? 1 : 0;
  EXPECT_NEAR(in_time, 0.95 * kJourneys, 150);
  EXPECT_EQ(planned_journey(Minutes{40}), Minutes{63});  // 62.8, in whole minutes
  EXPECT_EQ(planned_journey(Minutes{0}), Minutes{0});
  // Nobody drives before they work: on the ward, at the door, or told when they will come.
  EXPECT_EQ(planned(night, "fay"), at(0) + kWalk);
  night.replies(10, "cyn", Answer::later, 480);
  EXPECT_EQ(planned(night, "cyn"), at(480));
  night.replies(30, "ana", Answer::arrived, 30);
  EXPECT_EQ(planned(night, "ana"), at(30));
  // Who said that they would be there before they said so has no journey.
  night.replies(20, "ben", Answer::coming, 15);
  EXPECT_EQ(planned(night, "ben"), at(15));
}

TEST(Arrival, TheJourneyOfWhoIsSentForLaterBeginsThen) {
  Night night;
  night.replies(1, "ana", Answer::coming, 21);
  EXPECT_EQ(set_out(night.of("ana")), at(1));
  const PostId nurse{"resus/nurse/response"};
  night.happens(2, Assigned{PersonId{"ana"}, nurse, 0, at(21), ""}, "");
  EXPECT_EQ(set_out(night.of("ana")), at(1));  // told where, and on the way already
  night.happens(3, Reserved{PersonId{"ana"}, "first in line"}, "");
  night.happens(60, Assigned{PersonId{"ana"}, nurse, 0, at(90), ""}, "");
  EXPECT_EQ(set_out(night.of("ana")), at(60));
  EXPECT_EQ(minutes_between(at(60), planned(night, "ana")), 47.1);  // 1.57 times 30
  night.happens(61, Pinned{PersonId{"ana"}, nurse, "an order"});
  EXPECT_EQ(set_out(night.of("ana")), at(61));
}

TEST(Arrival, WhoWaitsAtHomeIsHeldBackUntilTheyAreHere) {
  Night night;
  const auto held = [&](const char* id) { return is_held_back(night.state, night.index(id)); };
  EXPECT_FALSE(held("ana"));
  night.happens(1, Reserved{PersonId{"ana"}, "first in line"}, "");
  night.happens(1, Assigned{PersonId{"ben"}, PostId{"resus/nurse/relief"}, 0, at(480), ""}, "");
  night.happens(1, Assigned{PersonId{"cyn"}, PostId{"wards/nurse/response"}, 0, at(20), ""}, "");
  EXPECT_TRUE(held("ana"));
  EXPECT_TRUE(held("ben"));
  EXPECT_FALSE(held("cyn"));
  night.replies(20, "ana", Answer::arrived, 20);
  EXPECT_FALSE(held("ana"));
}

TEST(Arrival, OnlyWhoIsOnDutyAndWasNotHeardComesFromTheWard) {
  Night night = with_fay_on_duty();
  EXPECT_TRUE(is_on_the_ward(night.of("fay")));
  EXPECT_FALSE(is_on_the_ward(night.of("ana")));
  night.replies(1, "fay", Answer::no, 0);
  EXPECT_FALSE(is_on_the_ward(night.of("fay")));
}

}  // namespace
}  // namespace tocsin::incident
