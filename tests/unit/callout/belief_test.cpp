#include "callout/belief.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace tocsin::callout {
namespace {

constexpr Figures kFigures;

TEST(Belief, StartsFromThePublishedFigures) {
  const Belief belief{Evidence{}};
  EXPECT_NEAR(belief.reach(), kFigures.reached * (1 - kFigures.stale_contact), 0.011);
  EXPECT_NEAR(belief.picks_up(), kFigures.reached_by_phone, 0.011);
  EXPECT_NEAR(belief.says_coming(), kFigures.says_coming, 0.011);
}

TEST(Belief, AnswersRaiseItAndSilenceLowersItWithTime) {
  Evidence fresh;
  Evidence old;
  for (int i = 0; i < 40; ++i) {
    fresh.add_silent(1);
    old.add_silent(30);
  }
  const double before = Belief{Evidence{}}.reach();
  EXPECT_GT(Belief{fresh}.reach(), 0.85 * before);  // too early to tell
  EXPECT_LT(Belief{old}.reach(), 0.3 * before);
  Evidence good;
  good.answered = 40;
  EXPECT_GT(Belief{good}.reach(), 0.85);
}

// When nobody can answer any more, the posterior of a share is a beta distribution. Its mean is
// known in closed form: the weight of the prior, and one for each answer and each silence.
TEST(Belief, IsTheConjugateMeanWhenNobodyIsWaitedFor) {
  double mean = 0;
  for (const double share : kReachedInDrills) mean += share / 6;
  double squares = 0;
  for (const double share : kReachedInDrills) squares += (share - mean) * (share - mean) / 5;
  const double weight = mean * (1 - mean) / squares - 1;
  const double prior = kFigures.reached * (1 - kFigures.stale_contact);
  Evidence night;
  night.answered = 30;
  night.silent_for_good = 50;
  EXPECT_NEAR(Belief{night}.reach(), (prior * weight + 30) / (weight + 80), 0.012);
}

// A night that ended after eight minutes, when half of those who answer have done so, teaches the
// same as one in which everybody had enough time.
TEST(Belief, ANightThatEndedEarlyIsNotHeldAgainstTheSilent) {
  Evidence whole;
  whole.answered = 600;
  whole.silent_for_good = 400;
  Evidence cut;
  cut.answered = 300;
  for (int i = 0; i < 700; ++i) cut.add_silent(8);
  EXPECT_NEAR(Belief(Evidence{}, cut).reach(), Belief(Evidence{}, whole).reach(), 0.03);
}

TEST(Belief, EarlierNightsMoveTheMeanAndLeaveTonightFree) {
  Evidence history;
  history.answered = 800;
  history.silent_for_good = 200;
  EXPECT_NEAR(Belief(Evidence{}, history).reach(), 0.8, 0.02);
  Evidence tonight;
  tonight.silent_for_good = 60;
  EXPECT_LT(Belief(tonight, history).reach(), 0.15);
}

// The chances agree with people who are drawn one by one from the figures.
TEST(Belief, AgreesWithPeopleDrawnFromTheFigures) {
  const Belief belief{Evidence{}};
  base::SeededRandom random{7};
  constexpr int kPeople = 200'000;
  for (const double travel : {8.0, 25.0}) {
    for (const double left : {20.0, 45.0, 90.0}) {
      for (const double asked : {0.0, 10.0}) {
        const double journey = belief.journeys().sure(travel);
        int silent = 0;
        int there = 0;
        for (int i = 0; i < kPeople; ++i) {
          const bool reached = random.uniform() < belief.reach();
          const double delay =
              reached ? random.log_normal(kFigures.reply_delay.mu, kFigures.reply_delay.sigma)
                      : 1e9;
          if (delay <= asked) continue;
          ++silent;
          there += delay - asked + journey <= left ? 1 : 0;
        }
        EXPECT_NEAR(belief.in_time(Asked{asked, travel, -1}, left),
                    static_cast<double>(there) / silent, 0.012)
            << travel << " " << left << " " << asked;
      }
    }
  }
}

TEST(Belief, EachWayHasAShareOfItsOwn) {
  const Belief belief{Evidence{}};
  EXPECT_GT(belief.reach(Way::device), belief.reach(Way::voice));
  EXPECT_GT(belief.reach(Way::voice), belief.reach(Way::text));
  Asked text{0, 10, -1};
  text.way = Way::text;
  EXPECT_NEAR(belief.in_time(text, 60) / belief.in_time(Asked{0, 10, -1}, 60),
              belief.reach(Way::text) / belief.reach(), 1e-9);
  Evidence deaf;
  deaf.voice.silent_for_good = 100;
  EXPECT_LT(Belief{deaf}.reach(Way::voice), 0.1);
  EXPECT_EQ(Belief{deaf}.reach(Way::text), belief.reach(Way::text));
}

// What waits for its channel cannot be answered yet.
TEST(Belief, AMessageThatWaitsIsAnsweredSoMuchLater) {
  const Belief belief{Evidence{}};
  Asked waits{0, 10, -1};
  waits.until_sent = 12;
  for (const double left : {20.0, 45.0, 90.0})
    EXPECT_DOUBLE_EQ(belief.in_time(waits, left), belief.in_time(Asked{0, 10, -1}, left - 12));
  waits.until_phone = 5;  // the operator does not wait for it
  waits.until_sent = 60;
  EXPECT_DOUBLE_EQ(belief.in_time(waits, 30), 1 - std::pow(1 - belief.picks_up(), 1));
}

// The same with journeys, which are drawn, too, and not as planned.
TEST(Belief, ExpectsAtTheDoorWhoeverIsThere) {
  const Belief belief{Evidence{}};
  base::SeededRandom random{9};
  constexpr int kPeople = 200'000;
  for (const double travel : {8.0, 25.0}) {
    for (const double left : {20.0, 45.0, 90.0}) {
      for (const double phone : {-1.0, 15.0}) {
        int there = 0;
        for (int i = 0; i < kPeople; ++i) {
          const bool reached = random.uniform() < belief.reach();
          double answer =
              reached ? random.log_normal(kFigures.reply_delay.mu, kFigures.reply_delay.sigma)
                      : 1e9;
          for (int ring = 1; ring <= 2; ++ring)
            if (phone >= 0 && random.uniform() < belief.picks_up())
              answer = std::min(answer, ring * phone);
          const double leaving =
              kFigures.least_to_leave +
              (kFigures.most_to_leave - kFigures.least_to_leave) * random.uniform();
          const double factor =
              kFigures.late_least + (kFigures.late_most - kFigures.late_least) * random.uniform();
          there += answer + (travel + leaving) * factor <= left ? 1 : 0;
        }
        EXPECT_NEAR(belief.at_the_door(Asked{0, travel, phone}, left),
                    static_cast<double>(there) / kPeople, 0.025)
            << travel << " " << left << " " << phone;
      }
    }
  }
}

TEST(Belief, EachRingOfATelephoneIsOneMoreChance) {
  const Belief belief{Evidence{}};
  EXPECT_DOUBLE_EQ(belief.answers_within(9, 10), belief.answers_within(9, -1));
  const double silent = 1 - belief.picks_up();
  const auto without = [&](double minutes) { return belief.answers_within(minutes, -1); };
  EXPECT_NEAR(belief.answers_within(11, 10), 1 - (1 - without(11)) * silent, 1e-9);
  EXPECT_NEAR(belief.answers_within(21, 10), 1 - (1 - without(21)) * silent * silent, 1e-9);
}

TEST(Journeys, APromiseIsKeptMoreSurelyTheMoreTimeIsLeft) {
  const Journeys journeys;
  // Half an hour promised takes 30 to 48 minutes by the figures.
  EXPECT_EQ(journeys.in_time(Promised{0, 30}, 29), 0);
  EXPECT_NEAR(journeys.in_time(Promised{0, 30}, 39), 0.5 * (1 - kFigures.changes_mind), 1e-9);
  EXPECT_NEAR(journeys.in_time(Promised{0, 30}, 48), 1 - kFigures.changes_mind, 1e-9);
  // Somebody not there after 39 minutes takes 39 to 48.
  EXPECT_NEAR(journeys.in_time(Promised{39, 30}, 4.5), 0.5, 1e-9);
  EXPECT_EQ(journeys.in_time(Promised{50, 30}, 100), 0);
  EXPECT_GT(journeys.planned(30), 46);
  EXPECT_LT(journeys.planned(30), 48);
}

// Nearly all people who say yes, and are counted on, are there in time.
TEST(Journeys, WhoeverIsCountedOnIsThere) {
  base::SeededRandom random{8};
  int late = 0;
  constexpr int kPeople = 20'000;
  for (int i = 0; i < kPeople; ++i) {
    const double leaving = kFigures.least_to_leave +
                           (kFigures.most_to_leave - kFigures.least_to_leave) * random.uniform();
    const double factor =
        kFigures.late_least + (kFigures.late_most - kFigures.late_least) * random.uniform();
    late += (20 + leaving) * factor > Journeys{}.sure(20) ? 1 : 0;
  }
  EXPECT_LT(static_cast<double>(late) / kPeople, 0.1);
}

TEST(Journeys, AWalkNotOverIsEitherShortlyOverOrNeverBegan) {
  const Journeys journeys;
  EXPECT_NEAR(journeys.walks_in_time(0, 60), kFigures.on_duty_turns_up, 1e-9);
  EXPECT_LT(journeys.walks_in_time(7, 60), kFigures.on_duty_turns_up);
  EXPECT_EQ(journeys.walks_in_time(9, 60), 0);
}

}  // namespace
}  // namespace tocsin::callout
