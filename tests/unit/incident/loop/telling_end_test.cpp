// How everybody hears that it is over.
#include <gtest/gtest.h>

#include "incident/calling/calls.h"
#include "incident/coordinator/order.h"
#include "incident/coordinator/switchboard.h"
#include "incident/loop/telling.h"
#include "unit/incident/loop/sent.h"

namespace tocsin::incident {
namespace {

using contact::Receipt;
using playbook::MessageKind;

// A coordinator's words to Ana.
MessageIndex tell(Sent& night, int minute, const char* words) {
  night.happens(minute, Issued{seal::random_message_id(night.random),
                               PersonId{"ana"},
                               MessageKind::update,
                               kThreema,
                               {},
                               0,
                               at(600),
                               words,
                               "words"});
  return night.state.message_index(night.state.messages.back().id).value();
}

TEST(TellingTheEnd, TheEndReplacesTheWordsForTheNight) {
  Sent night;
  const MessageIndex before = tell(night, 2, "north entrance only");
  night.happens(3, Ended{"over"});
  night.settle(3);
  EXPECT_FALSE(night.state.untold.contains(before));
  EXPECT_TRUE(night.state.messages[before].closed);
  const MessageIndex after = tell(night, 4, "thank you all");
  night.settle(60);
  EXPECT_EQ(night.call(60)->messages.size(), 2U) << "the end, and what was said since";
  EXPECT_TRUE(night.state.messages[after].again);
}

TEST(TellingTheEnd, TheEndReplacesTheWordsForWhoeverWasNotToldThatTheyAreNotNeeded) {
  Sent night;
  night.needs_nobody(3);
  ASSERT_FALSE(night.state.knows_decision(night.index("ana")));
  const MessageIndex before = tell(night, 4, "north entrance only");
  night.all_happen(5, stand_down(night.state, "over").events);
  night.settle(5);
  EXPECT_FALSE(night.state.untold.contains(before));
  EXPECT_TRUE(night.state.messages[before].closed);
  const MessageIndex after = tell(night, 6, "thank you all");
  night.settle(60);
  EXPECT_TRUE(night.state.messages[after].again);
}

TEST(TellingTheEnd, TheEndIsHeardByEverybodyWhoWasAskedOrAnswered) {
  Sent night;
  night.replies(2, "ben", Answer::no, 0, kThreema);
  night.replies(2, "fay", Answer::coming, 10, kThreema);
  night.settle(2);
  night.happens(5, Ended{"false alarm"});
  night.settle(5);
  for (const char* id : {"ana", "ben", "fay"}) {
    const Message& last = night.state.messages[night.of(id).messages.back()];
    EXPECT_EQ(last.kind, MessageKind::stand_down) << id;
    EXPECT_EQ(last.issued, at(5)) << id;
  }
}

TEST(TellingTheEnd, AfterTheEndAnAnswerChangesNothingAndHearsTheEndAgain) {
  Sent night;
  night.happens(5, Ended{"false alarm"});
  night.settle(5);
  const seal::MessageId end = night.decision().id;
  night.hear(5, end, Receipt::delivered);
  night.replies(6, "ana", Answer::coming, 30, kThreema);
  night.settle(6);
  EXPECT_EQ(night.of("ana").status, Status::stood_down);
  EXPECT_NE(night.decision().id, end);
  EXPECT_EQ(night.decision().kind, MessageKind::stand_down);
}

TEST(TellingTheEnd, WhoAnswersBeforeTheyKnowOfItHearsOfItAllTheSame) {
  Night night;  // by telephone only
  night.settle(0);
  night.replies(2, "ben", Answer::coming, 12);
  night.settle(2);
  night.happens(5, Ended{"false alarm"});
  night.settle(5);
  const auto ben = night.state.person_index(PersonId{"ben"}).value();
  ASSERT_TRUE(call_for(night.state, ben, at(5)));
  // In the call before the end.
  night.replies(6, "ben", Answer::no, 0);
  EXPECT_TRUE(hears_of_the_end_later(night.state)) << "it is not over";
  night.settle(6);
  const auto call = call_for(night.state, ben, at(6));
  ASSERT_TRUE(call);
  EXPECT_EQ(night.state.messages[call->messages.front()].kind, MessageKind::stand_down);
  EXPECT_FALSE(hears_of_the_end_later(night.state));
}

TEST(TellingTheEnd, AnAnswerFromWhoKnowsOfItNeedsADriverAgain) {
  Sent night;
  EXPECT_FALSE(hears_of_the_end_later(night.state)) << "it has not ended";
  night.happens(5, Ended{"false alarm"});
  EXPECT_TRUE(hears_of_the_end_later(night.state));
  night.settle(5);
  night.hear(5, night.decision().id, Receipt::delivered);
  EXPECT_FALSE(hears_of_the_end_later(night.state));
  night.replies(6, "ana", Answer::coming, 30, kThreema);
  EXPECT_TRUE(hears_of_the_end_later(night.state));
  night.settle(6);
  EXPECT_FALSE(hears_of_the_end_later(night.state));
}

TEST(TellingTheEnd, NobodyIsRungWithWordsOfTheNight) {
  Night night;  // by telephone only
  night.settle(0);
  night.replies(2, "ben", Answer::coming, 12);
  night.settle(2);
  ASSERT_FALSE(calls(night.state, at(2)).empty());
  night.happens(5, Ended{"false alarm"});
  EXPECT_TRUE(calls(night.state, at(5)).empty()) << "no driver wrote the end so far";
  EXPECT_TRUE(uncalled(night.state).empty()) << "no seat is open any more";
  night.settle(5);
  ASSERT_EQ(calls(night.state, at(5)).size(), 1U);
  for (const std::string& words : words_for(night.state, calls(night.state, at(5)).front()))
    EXPECT_NE(words.find("stood down"), std::string::npos) << words;
}

TEST(TellingTheEnd, WhoWasStoodDownBeforeTheEndIsWrittenThatItIsOverAndNotRungForIt) {
  Sent night(Receipt::delivered);
  night.needs_nobody(3);
  const seal::MessageId stood_down = night.decision().id;
  night.hear(3, stood_down, Receipt::delivered);
  night.all_happen(60, stand_down(night.state, "over").events);
  night.settle(60);
  EXPECT_NE(night.decision().id, stood_down);
  EXPECT_EQ(night.decision().issued, at(60));
  EXPECT_NE(night.of("ana").status_why, "the incident has ended") << "why they were not needed";
  night.hear(60, night.decision().id, Receipt::failed_for_good);
  night.settle(60);
  EXPECT_EQ(night.call(60), nullptr);
  EXPECT_FALSE(will_move_on(night.state));
}

TEST(TellingTheEnd, WhoDoesNotKnowThatTheyAreStoodDownIsPursuedAfterTheEnd) {
  Sent night(Receipt::delivered);
  night.needs_nobody(3);
  night.all_happen(4, stand_down(night.state, "over").events);
  night.settle(4);
  EXPECT_FALSE(night.state.knows_decision(night.index("ana")));
  night.hear(4, night.decision().id, Receipt::failed_for_good);
  night.settle(4);
  EXPECT_EQ(night.decision().channel, kPhone);
}

// The incident ended while they were on the line for the first time.
TEST(TellingTheEnd, WhoIsRungAsTheIncidentEndsHearsIt) {
  Night night;
  night.settle(0);
  ASSERT_TRUE(night.of("ana").is_silent());
  night.happens(1, Ended{"false alarm"});
  night.settle(1);
  ASSERT_TRUE(night.of("ana").uncalled);
  night.replies(2, "ana", Answer::coming, 30);
  night.settle(2);
  ASSERT_TRUE(night.of("ana").decision);
  EXPECT_TRUE(night.state.untold.contains(*night.of("ana").decision));
}

TEST(TellingTheEnd, WhoHasLeftHearsTheEndInTheSameBreath) {
  Sent night;
  night.replies(2, "ana", Answer::leaving, 0, kThreema);
  night.settle(2);
  night.happens(5, Ended{"false alarm"});
  night.settle(5);
  EXPECT_EQ(night.decision().kind, MessageKind::stand_down);
  EXPECT_EQ(night.decision().issued, at(5));
}

TEST(TellingTheEnd, WhoSaysAfterTheEndThatTheyComeIsPursuedUntilTheyKnow) {
  Sent night;
  night.replies(2, "ben", Answer::no, 0, kThreema);
  night.happens(5, Ended{"false alarm"});
  night.settle(5);
  EXPECT_TRUE(night.state.knows_decision(night.index("ben")));  // who does nothing anyhow
  night.replies(6, "ben", Answer::coming, 30, kThreema);
  night.settle(6);
  EXPECT_FALSE(night.state.knows_decision(night.index("ben")));
  night.hear(6, night.decision("ben").id, Receipt::failed_for_good);
  night.settle(6);
  EXPECT_EQ(night.decision("ben").channel, kPhone);
}

TEST(TellingTheEnd, WhoWasNeverAskedAndAnswersAfterTheEndHearsIt) {
  Sent night;
  night.happens(5, Ended{"false alarm"});
  night.settle(5);
  ASSERT_TRUE(night.of("fay").messages.empty());
  night.replies(6, "fay", Answer::no, 0, kThreema);
  night.settle(6);
  ASSERT_FALSE(night.of("fay").messages.empty());
  EXPECT_EQ(night.decision("fay").kind, MessageKind::stand_down);
}

}  // namespace
}  // namespace tocsin::incident
