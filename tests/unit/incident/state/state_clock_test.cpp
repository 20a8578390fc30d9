#include <gtest/gtest.h>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

const ChannelId kByRelay{"relay"};

class StateClock : public testing::Test {
 protected:
  seal::MessageId issue(int minute) {
    const seal::MessageId id = seal::random_message_id(night_.random);
    night_.happens(minute, Issued{id, PersonId{"ana"}, playbook::MessageKind::request, kByRelay,
                                  PostId{"wards/nurse/response"}, 1, at(minute + 60), "", "near"});
    return id;
  }
  void set_back(int from, int to) {
    night_.happens(to, ClockSetBack{static_cast<std::uint64_t>(from - to) * 60'000});
  }
  void set_forward(int by, int to) {
    night_.happens(to, ClockMeasured{static_cast<std::uint64_t>(by) * 60'000, 0});
  }
  // In minutes from where the test's own clock has the declaration.
  int declared() const {
    return static_cast<int>((night_.state.declared_at - kDeclared) / base::Minutes{1});
  }
  const Message& message() const { return night_.state.messages.back(); }
  base::Instant due() const { return night_.state.outbox.begin()->first; }

  Night night_;
};

// A moment before the clock was found to be set back.
const base::Instant kJustNow = at(5) - base::Milliseconds{1};

TEST_F(StateClock, WhatWasStampedAheadHappenedNow) {
  issue(1'000);
  set_back(1'000, 5);
  EXPECT_EQ(due(), kJustNow);
  EXPECT_EQ(message().issued, kJustNow);
  EXPECT_EQ(message().expires, kJustNow + base::Minutes{60}) << "it stays valid for as long";
  EXPECT_EQ(night_.state.people[message().person].window_from, kJustNow);
}

TEST_F(StateClock, ARetryKeepsItsDelay) {
  const seal::MessageId id = issue(1'000);
  night_.happens(1'000, Receipted{id, contact::Receipt::failed_for_now, "timeout"});
  ASSERT_EQ(due(), at(1'000) + retry_delay(1));
  set_back(1'000, 5);
  EXPECT_EQ(due(), kJustNow + retry_delay(1));
  // The fold still finds it under its new time.
  night_.happens(6, Receipted{id, contact::Receipt::sent, ""});
  EXPECT_TRUE(night_.state.outbox.empty());
}

TEST_F(StateClock, WhatWasStampedBeforeStays) {
  issue(3);
  night_.happens(1'000, PhoneTaken{PersonId{"ben"}, at(1'005)});
  set_back(1'000, 5);
  EXPECT_EQ(message().issued, at(3));
  EXPECT_EQ(message().expires, at(63));
  EXPECT_EQ(due(), at(3));
  const auto ben = *night_.state.person_index(PersonId{"ben"});
  EXPECT_EQ(night_.state.people[ben].calls.front().until, kJustNow + base::Minutes{5})
      << "taken for five minutes more";
  EXPECT_EQ(declared(), 0);
}

constexpr int kDay = 24 * 60;

// Declared by a clock that was a day fast, and put right after half an hour.
TEST_F(StateClock, AllOfANightMovesWithItsDeclaration) {
  issue(1);
  night_.replies(10, "ana", Answer::coming, 35);
  night_.happens(12, Flagged{Flag::gap, "resus", "ask a neighbour"});
  night_.happens(13, Raised{1});
  night_.happens(14, CallTaken{PersonId{"ben"}, at(17), {}});
  night_.settle(15);
  ASSERT_EQ(night_.of("ana").status, Status::assigned);
  night_.happens(30, Decided{"a", "b"});
  set_back(30, 30 - kDay);
  const State& state = night_.state;
  const Person& ana = night_.of("ana");
  EXPECT_EQ(declared(), -kDay) << "half an hour has passed, as before";
  EXPECT_EQ(ana.asked, at(1 - kDay));
  EXPECT_EQ(ana.when, at(35 - kDay));
  EXPECT_EQ(ana.expected, at(35 - kDay));
  EXPECT_EQ(state.prompts[0].opened, at(12 - kDay));
  EXPECT_EQ(state.prompts[0].raised, at(13 - kDay));
  EXPECT_EQ(night_.of("ben").calls.front().until, at(17 - kDay));
  EXPECT_EQ(state.messages.front().expires, at(61 - kDay));
  EXPECT_EQ(state.at(state.slots.front().by), at(30 - kDay));
}

TEST_F(StateClock, TheNightGoesOnAsIfItWasDeclaredNow) {
  night_.happens(0, Decided{"a", "b"});
  set_back(0, -kDay);
  night_.settle(-kDay);
  const auto asked = [&] { return night_.state.counts().called; };
  EXPECT_GT(asked(), 0) << "the posts are due tonight, and not tomorrow";
  EXPECT_EQ(night_.state.messages.front().issued, at(-kDay));
}

TEST_F(StateClock, WhoWasToldATimeByAWrongClockIsWrittenAnew) {
  night_.replies(1, "ana", Answer::coming, 21);
  night_.settle(1);
  const std::size_t written = night_.of("ana").messages.size();
  set_back(1, 1 - kDay);
  night_.settle(1 - kDay);
  ASSERT_EQ(night_.of("ana").status, Status::assigned);
  ASSERT_EQ(night_.of("ana").messages.size(), written + 1);
  EXPECT_EQ(night_.state.messages.back().kind, playbook::MessageKind::assigned);
}

TEST_F(StateClock, WhoIsOnDutyTonightCountsAndNotWhoIsTomorrow) {
  const auto stint = [](const char* id, int from) {
    return roster::Stint{roster::PersonId{id}, roster::Duty::on_duty, {}, {},
                         at(from - 120),       at(from + 120)};
  };
  std::string book = kPlaybook;
  book.replace(book.find("on_duty_share: 0%"), 17, "on_duty_share: 100%");
  Night night{book, Night::staff(), roster::Rota{1, {stint("ana", 0), stint("ben", -kDay)}, {}}};
  night.settle(0);
  ASSERT_EQ(night.of("ana").status, Status::assigned);
  night.happens(-kDay, ClockSetBack{kDay * 60'000});
  night.settle(-kDay);
  EXPECT_EQ(night.of("ana").duty, roster::Duty::off);
  EXPECT_NE(night.of("ana").status, Status::assigned) << "she is at home";
  EXPECT_EQ(night.of("ben").duty, roster::Duty::on_duty);
  EXPECT_EQ(night.of("ben").status, Status::assigned);
}

TEST_F(StateClock, SetForwardByHoursNoTimeHasPassed) {
  issue(1);
  night_.replies(10, "ana", Answer::coming, 35);
  set_forward(180, 195);
  EXPECT_EQ(declared(), 180);
  EXPECT_EQ(night_.of("ana").when, at(215));
  EXPECT_EQ(message().issued, at(181));
  night_.settle(195);
  EXPECT_EQ(night_.of("ana").status, Status::assigned);
  EXPECT_FALSE(night_.of("ana").missed);
}

// A command was given between the change and the driver's next look.
TEST_F(StateClock, WhatWasWrittenDownSinceStays) {
  night_.replies(190, "ana", Answer::coming, 215);
  set_forward(180, 195);
  EXPECT_EQ(night_.of("ana").answered, at(195)) << "not later than now";
  EXPECT_EQ(night_.of("ana").when, at(220));
}

TEST_F(StateClock, BackAndForwardAgainMovesNoDeadline) {
  night_.happens(240, Decided{"a", "b"});
  set_back(240, 5);
  EXPECT_EQ(declared(), 0);
  set_forward(235, 250);
  EXPECT_EQ(declared(), 0);
  set_forward(60, 320);
  EXPECT_EQ(declared(), 60) << "nothing of that was ever put back";
}

TEST_F(StateClock, ForwardAndBackAgainMovesNoDeadline) {
  night_.happens(30, Decided{"a", "b"});
  set_forward(20, 50);
  EXPECT_EQ(declared(), 20);
  set_back(50, 35);
  EXPECT_EQ(declared(), 5);
  night_.happens(35, Decided{"a", "b"});
  set_back(35, 25);
  EXPECT_EQ(declared(), 0) << "nothing more was ever set forward";
}

// Nothing happened for two hours before the clock was put right: the journal alone cannot know.
TEST_F(StateClock, TimeThatPassedBeforeTheClockWentBackIsKept) {
  night_.happens(30, Decided{"a", "b"});
  set_back(30, 150 - kDay);
  EXPECT_EQ(declared(), 120 - kDay);
  night_.happens(150 - kDay, ClockMeasured{0, 120 * 60'000});
  EXPECT_EQ(declared(), -kDay);
  night_.happens(150 - kDay, ClockMeasured{0, 60'000});
  EXPECT_EQ(declared(), -kDay) << "a step that went no further back than the event before";
}

TEST_F(StateClock, WhatOthersAppendBeforeItIsMeasuredTakesNothingAway) {
  night_.happens(30, Decided{"a", "b"});
  set_back(30, 150 - kDay);
  night_.happens(150 - kDay, Decided{"c", "d"});
  night_.happens(150 - kDay, ClockMeasured{0, 120 * 60'000});
  EXPECT_EQ(declared(), -kDay);
}

// The machine began again with a clock of another year, in which nobody saw it change.
TEST_F(StateClock, AClockThatWasYearsAheadForAWhileTakesNothingAway) {
  constexpr int kYear = 365 * kDay;
  night_.happens(kYear, Decided{"a", "b"});
  set_back(kYear, 40);
  EXPECT_EQ(declared(), 0);
  EXPECT_EQ(night_.state.clock.stayed.count(), 0);
}

TEST_F(StateClock, PutBackTwiceTheTimeThatHasPassedIsKept) {
  night_.happens(60, Decided{"a", "b"});
  set_back(60, 20);
  night_.happens(20, Decided{"c", "d"});
  set_back(20, -kDay);
  EXPECT_EQ(declared(), -kDay - 60) << "an hour has passed";
}

// A device whose clock is right says yes and then no, and this machine's clock is set forward in
// between, which moves the yes.
TEST_F(StateClock, TheLaterOfTwoAnswersOfADeviceIsTheNewerAlsoWhenTheFirstWasMoved) {
  const auto says = [&](Answer answer, int said, int heard) {
    night_.happens(heard,
                   Replied{seal::random_message_id(night_.random), PersonId{"ana"}, answer,
                           at(said + 40), kByRelay, "hers", at(said)},
                   "");
  };
  issue(0);
  says(Answer::coming, 4, 4);
  set_forward(20, 26);
  says(Answer::no, 7, 27);
  EXPECT_EQ(night_.of("ana").answer, Answer::no);
}

// An operator took a call between the set-back and the driver's look at the clock.
TEST_F(StateClock, ACallThatWasGivenSinceTheClockWentBackIsStillHeld) {
  night_.happens(60, Decided{"a", "b"});
  set_back(60, 20);
  CallGiven call;
  call.person = PersonId{"ana"};
  call.call = night_.state.events + 1;
  call.contact = 1;
  call.until = at(23);
  night_.happens(20, std::move(call));
  night_.happens(20, ClockMeasured{0, 17 * 60'000});
  ASSERT_EQ(night_.of("ana").calls.size(), 1U);
  EXPECT_EQ(night_.of("ana").calls.front().taken, at(20));
}

}  // namespace
}  // namespace tocsin::incident
