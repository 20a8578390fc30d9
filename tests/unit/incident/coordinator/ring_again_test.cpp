#include "incident/coordinator/ring_again.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "incident/coordinator/switchboard.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

// Everybody of this night is called by telephone.
class RingAgainTest : public testing::Test {
 protected:
  RingAgainTest() { night_.settle(0); }
  Call take(const char* id) {
    const TakenCall taken =
        hand_out(night_.state, *call_for(night_.state, night_.index(id), at(0)), at(0));
    night_.all_happen(0, taken.order.events);
    return taken.call.value();
  }
  void ring_again(const Call& call, Noted noted) {
    night_.all_happen(1,
                      incident::ring_again(night_.state, call, noted, at(1), night_.random).events);
  }
  std::optional<Call> waiting(const char* id) const {
    return call_for(night_.state, night_.index(id), at(1));
  }
  Night night_;
};

TEST_F(RingAgainTest, AnAnswerCountsUntilANewerOneIsNoted) {
  const Call call = take("ana");
  night_.replies(0, "ana", Answer::no, 0);
  EXPECT_FALSE(waiting("ana"));
  ring_again(call, Noted::answer);
  ASSERT_TRUE(waiting("ana"));
  EXPECT_TRUE(waiting("ana")->asks);
  EXPECT_EQ(night_.of("ana").answer, Answer::no) << "the journal takes nothing back";
  night_.settle(1);
  EXPECT_TRUE(waiting("ana")) << "what follows in the night does not lose it";
  night_.replies(2, "ana", Answer::coming, 20);
  EXPECT_EQ(night_.of("ana").answer, Answer::coming);
  EXPECT_FALSE(waiting("ana") && waiting("ana")->asks);
}

TEST_F(RingAgainTest, ANumberThatWasGivenUpIsRungOnceMore) {
  const Call call = take("ana");
  night_.all_happen(0, unanswered(night_.state, call.person, kWrongNumber, {call.number}).events);
  EXPECT_FALSE(waiting("ana"));
  EXPECT_EQ(number_of(night_.state, call.person), "");
  ring_again(call, Noted::wrong_number);
  EXPECT_TRUE(waiting("ana"));
  EXPECT_NE(number_of(night_.state, call.person), "") << "it was right after all";
}

TEST_F(RingAgainTest, OneThatWaitsStillIsNotIssuedAgain) {
  const Call call = take("ana");
  night_.all_happen(0, unanswered(night_.state, call.person, kNoAnswer, {call.number}).events);
  EXPECT_TRUE(incident::ring_again(night_.state, call, Noted::outcome, at(1), night_.random)
                  .events.empty());
  EXPECT_TRUE(waiting("ana"));
}

TEST_F(RingAgainTest, WhatWasNotSaidIsSaidAsFarAsItHolds) {
  night_.replies(0, "ana", Answer::coming, 20);
  night_.settle(0);
  ASSERT_EQ(night_.of("ana").status, Status::assigned);
  const Call call = take("ana");
  ASSERT_FALSE(call.asks);
  night_.all_happen(0, said(night_.state, call.person, {call.number}).events);
  EXPECT_FALSE(waiting("ana"));
  ring_again(call, Noted::outcome);
  ASSERT_TRUE(waiting("ana"));
  EXPECT_FALSE(waiting("ana")->asks);
  EXPECT_EQ(words_for(night_.state, *waiting("ana")), words_for(night_.state, call));
  // Released meanwhile: the post is not said to them any more.
  night_.all_happen(1, said(night_.state, call.person, {call.number}).events);
  night_.happens(1, Released{PersonId{"ana"}, "not needed"});
  EXPECT_TRUE(incident::ring_again(night_.state, call, Noted::outcome, at(1), night_.random)
                  .events.empty());
}

// Another operator was given the person meanwhile, for something else.
TEST_F(RingAgainTest, WhatAnotherHasInHandIsLeftToThem) {
  night_.replies(0, "ana", Answer::coming, 20);
  night_.settle(0);
  const Call first = take("ana");
  night_.all_happen(0, and_hang_up(said(night_.state, first.person, {first.number}), night_.state,
                                   first.person, first.number)
                           .events);
  night_.all_happen(
      0,
      tell(night_.state, {Audience::person, "ana"}, "north entrance", at(0), night_.random).events);
  const Call others = take("ana");
  ring_again(first, Noted::outcome);
  ASSERT_TRUE(waiting("ana"));
  EXPECT_FALSE(hand_out(night_.state, *waiting("ana"), at(1)).call);
  night_.all_happen(1, said(night_.state, others.person, {others.number}).events);
  ASSERT_TRUE(waiting("ana")) << "what was undone was not said";
  EXPECT_EQ(words_for(night_.state, *waiting("ana")), words_for(night_.state, first));
}

TEST_F(RingAgainTest, WhoWasReleasedMeanwhileIsNotAskedAgain) {
  const Call call = take("ana");
  ASSERT_TRUE(call.asks);
  night_.happens(0, Released{PersonId{"ana"}, "needed elsewhere"});
  ring_again(call, Noted::outcome);
  EXPECT_FALSE(waiting("ana") && waiting("ana")->asks);
  ring_again(call, Noted::answer);
  EXPECT_FALSE(waiting("ana") && waiting("ana")->asks);
}

TEST_F(RingAgainTest, AnEndedIncidentStaysAsItIs) {
  const Call call = take("ana");
  night_.happens(0, Ended{"all done"});
  EXPECT_THROW(incident::ring_again(night_.state, call, Noted::answer, at(1), night_.random),
               base::Fault);
}

}  // namespace
}  // namespace tocsin::incident
