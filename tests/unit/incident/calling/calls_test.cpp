#include "incident/calling/calls.h"

#include <gtest/gtest.h>

#include <set>

#include "incident/coordinator/switchboard.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

std::vector<std::string> names(const Night& night, int minute, Taken taken = Taken::leave_out) {
  std::vector<std::string> out;
  for (const Call& call : calls(night.state, at(minute), taken))
    out.push_back(night.state.roster[call.person].id.str());
  return out;
}

bool waits(const Night& night, int minute, const char* id) {
  const auto all = names(night, minute);
  return std::find(all.begin(), all.end(), id) != all.end();
}

TEST(CallsTest, EverybodyAskedByTelephoneIsRungOnce) {
  Night night;
  night.settle(0);
  const auto all = names(night, 0);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
  EXPECT_EQ(static_cast<int>(all.size()), night.state.counts().called);
  EXPECT_FALSE(waits(night, 0, "gus"));  // no number
  // Priority 1 before priority 2.
  EXPECT_EQ(
      night.state.playbook.posts[*night.state.post_index(night.of(all.front().c_str()).asked_for)]
          .priority,
      1);
}

// Otherwise nobody has the message any more, and the board says "assigned, not told" for ever.
TEST(CallsTest, WhatMustBeKnownWaitsUntilSomebodySaysIt) {
  Night night;
  night.settle(0);
  night.happens(0,
                Issued{seal::random_message_id(night.random), PersonId{"ana"},
                       playbook::MessageKind::assigned, kPhone, PostId{"resus/nurse/response"}, 0,
                       at(12 * 60), "", ""},
                "");
  EXPECT_TRUE(waits(night, 13 * 60, "ana"));
  EXPECT_FALSE(waits(night, 13 * 60, "ben")) << "a question of half a day ago";
}

TEST(CallsTest, ANumberIsGivenToOneOperatorAtATime) {
  Night night;
  night.settle(0);
  const std::string first = names(night, 1).front();
  night.happens(1, PhoneTaken{PersonId{first}, at(1) + kCallTerm});
  EXPECT_FALSE(waits(night, 2, first.c_str()));
  EXPECT_EQ(names(night, 2, Taken::keep).size(), names(night, 2).size() + 1);
  EXPECT_TRUE(waits(night, 4, first.c_str()));
}

// Whoever rings keeps the number, whatever becomes of the person meanwhile. Nobody knows what the
// person was told, so that others tell them later what became of them.
TEST(CallsTest, WhatHappensMeanwhileGivesTheNumberToNobodyElse) {
  const auto held = [](Body body) {
    Night night;
    night.settle(0);
    night.all_happen(1,
                     hand_out(night.state, *call_for(night.state, night.index("ana"), at(1)), at(1))
                         .order.events);
    night.happens(1, std::move(body));
    night.settle(2);
    EXPECT_FALSE(waits(night, 2, "ana"));
    night.settle(4);
    return waits(night, 4, "ana");
  };
  const PersonId ana{"ana"};
  base::SeededRandom random{7};
  EXPECT_TRUE(held(StoodDown{ana, "filled"}));
  EXPECT_TRUE(held(Pinned{ana, PostId{"resus/nurse/response"}, "knows the room"}));
  EXPECT_TRUE(held(Released{ana, "unwell"}));
  EXPECT_TRUE(held(
      Replied{seal::random_message_id(random), ana, Answer::coming, at(20), ChannelId{"relay"}}));
}

TEST(CallsTest, WhoDoesNotPickUpComesLastAndAtMostTwice) {
  Night night;
  night.settle(0);
  const std::string first = names(night, 1).front();
  night.happens(1, PhoneUnanswered{PersonId{first}, std::string{kNoAnswer}});
  EXPECT_NE(names(night, 1).front(), first);
  EXPECT_TRUE(waits(night, 1, first.c_str()));
  night.happens(2, PhoneUnanswered{PersonId{first}, std::string{kNoAnswer}});
  EXPECT_FALSE(waits(night, 2, first.c_str()));
}

TEST(CallsTest, AfterAWrongNumberTheNextOneOfThePersonIsRung) {
  auto people = Night::staff();
  auto& numbers = people[0].contacts;  // Ana
  numbers.push_back(numbers.front());
  numbers.back().address = "+447700900777";
  const std::string first = numbers.front().address;
  Night night(kPlaybook, people, roster::Rota{});
  night.settle(0);
  const auto ring = [&](int minute, std::string_view outcome) {
    const auto call = call_for(night.state, night.index("ana"), at(minute));
    const TakenCall taken = hand_out(night.state, *call, at(minute));
    night.all_happen(minute, taken.order.events);
    night.all_happen(
        minute, unanswered(night.state, night.index("ana"), outcome, {taken.call->number}).events);
  };
  EXPECT_EQ(number_of(night.state, night.index("ana")), first);
  ring(1, kNoAnswer);
  ring(2, kWrongNumber);
  EXPECT_EQ(number_of(night.state, night.index("ana")), "+447700900777");
  ASSERT_TRUE(waits(night, 2, "ana"));
  EXPECT_EQ(night.of("ana").phone_tries, 0) << "that one was not rung so far";
  ring(3, kNoAnswer);
  ASSERT_TRUE(waits(night, 3, "ana"));
  ring(4, kWrongNumber);
  EXPECT_FALSE(waits(night, 4, "ana"));
  EXPECT_EQ(number_of(night.state, night.index("ana")), "");
  EXPECT_FALSE(can_reach(night.state, night.index("ana"), kPhone));
}

TEST(CallsTest, AWrongNumberIsNotRungAgain) {
  Night night;
  night.settle(0);
  const std::string first = names(night, 1).front();
  night.happens(1, PhoneUnanswered{PersonId{first}, std::string{kWrongNumber}});
  EXPECT_FALSE(waits(night, 1, first.c_str()));
}

TEST(CallsTest, AnAnswerByAnotherWayEndsTheQuestion) {
  Night night;
  night.settle(0);
  ASSERT_TRUE(waits(night, 0, "ana"));
  night.replies(1, "ana", Answer::no, 0, ChannelId{"relay"});
  EXPECT_FALSE(waits(night, 1, "ana"));
}

TEST(CallsTest, TheSeatIsReadOutAndThenSaid) {
  Night night;
  night.settle(0);
  night.replies(1, "ana", Answer::coming, 20);
  night.settle(1);
  const auto all = calls(night.state, at(1));
  const auto call = std::find_if(all.begin(), all.end(),
                                 [&](const Call& c) { return c.person == night.index("ana"); });
  ASSERT_NE(call, all.end());
  EXPECT_FALSE(call->asks);
  ASSERT_EQ(words_for(night.state, *call).size(), 1U);
  EXPECT_NE(words_for(night.state, *call).front().find("Red doors"), std::string::npos);
  const TakenCall taken = hand_out(night.state, *call, at(2));
  night.all_happen(2, taken.order.events);
  const Source source{taken.call->number};
  night.all_happen(2, said(night.state, night.index("ana"), source).events);
  EXPECT_FALSE(waits(night, 2, "ana"));
  EXPECT_TRUE(said(night.state, night.index("ana"), source).events.empty());
}

// Between an order and the next pass of a driver nobody says what is not so any more.
TEST(CallsTest, WhoWasReleasedIsNotToldThatTheyAreExpected) {
  Night night;
  night.settle(0);
  night.replies(1, "ana", Answer::coming, 20);
  night.settle(1);
  ASSERT_TRUE(waits(night, 1, "ana"));
  night.happens(2, Released{PersonId{"ana"}, "a sick child"});
  EXPECT_FALSE(waits(night, 2, "ana"));
  night.settle(2);
  ASSERT_TRUE(waits(night, 2, "ana")) << "now she hears that she is not";
}

TEST(CallsTest, WhoSaidYesAndIsWantedComesBeforeEveryQuestion) {
  Night night;
  night.settle(0);
  night.replies(1, "ben", Answer::coming, 30);
  night.settle(1);
  ASSERT_EQ(night.of("ben").status, Status::assigned);
  EXPECT_EQ(names(night, 1).front(), "ben");
}

TEST(CallsTest, WhoWouldBeInTimeComesBeforeWhoWouldNot) {
  Night night;
  night.settle(0);
  const auto position = [](const std::vector<std::string>& all, const char* id) {
    return std::find(all.begin(), all.end(), id) - all.begin();
  };
  // They are 20 and 30 minutes away, for seats at 60. While both can be in time, the nearer goes
  // first, unless she did not pick up before. When only she can be in time, she goes first anyway.
  ASSERT_TRUE(waits(night, 20, "ana") && waits(night, 20, "ben"));
  EXPECT_LT(position(names(night, 20), "ana"), position(names(night, 20), "ben"));
  night.happens(20, PhoneUnanswered{PersonId{"ana"}, std::string{kNoAnswer}});
  EXPECT_GT(position(names(night, 5), "ana"), position(names(night, 5), "ben"));
  EXPECT_LT(position(names(night, 24), "ana"), position(names(night, 24), "ben"));
}

// An operator has them on the line, and may have told them already that they are expected.
TEST(CallsTest, WhoeverIsBeingRungHearsThatTheyAreNotNeeded) {
  Night night;
  night.settle(0);
  const auto first = take_call(night.state, at(1));
  ASSERT_TRUE(first.call);
  const PersonId who = night.state.roster[first.call->person].id;
  night.happens(1, first.order.events.front());
  night.happens(2, StoodDown{who, "not needed"}, "");
  EXPECT_FALSE(night.of(who.str().c_str()).uncalled);
}

TEST(CallsTest, NobodyIsRungOnlyToHearThatTheyNeedNotHaveBeen) {
  Night night;
  night.settle(0);
  ASSERT_TRUE(waits(night, 0, "ana"));
  night.happens(5, Ended{"false alarm"});
  night.settle(5);
  EXPECT_TRUE(names(night, 5).empty());
  EXPECT_EQ(night.of("ana").status, Status::stood_down);
}

}  // namespace
}  // namespace tocsin::incident
