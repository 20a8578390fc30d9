// The fold of messages: what is tried again, until when, and who need not be rung any more.
#include <gtest/gtest.h>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using contact::Receipt;
using playbook::MessageKind;

const ChannelId kFirstChannel{"relay"};

class StateMessages : public testing::Test {
 protected:
  seal::MessageId issue(int minute, const ChannelId& channel,
                        MessageKind kind = MessageKind::request, int expires = 720) {
    const auto id = seal::random_message_id(night_.random);
    night_.happens(minute,
                   Issued{id, PersonId{"ana"}, kind, channel, PostId{"resus/nurse/response"}, 1,
                          at(expires), "", "nearest"},
                   "");
    return id;
  }
  void receipt(base::Instant when, const seal::MessageId& id, Receipt receipt) {
    night_.state.apply({when, "", Receipted{id, receipt, ""}});
  }
  const Message& message(const seal::MessageId& id) const {
    return night_.state.messages[*night_.state.message_index(id)];
  }

  Night night_;
};

TEST_F(StateMessages, RetriesSlowDownAndStayUnderFiveMinutes) {
  EXPECT_EQ(retry_delay(1), base::Milliseconds{5'000});
  EXPECT_EQ(retry_delay(2), base::Milliseconds{10'000});
  for (int attempt = 1; attempt < 40; ++attempt) {
    EXPECT_LE(retry_delay(attempt), retry_delay(attempt + 1));
    EXPECT_LE(retry_delay(attempt), base::Minutes{5});
  }
}

TEST_F(StateMessages, AFailureIsTriedAgainUntilTheCascadeTakesOver) {
  const auto id = issue(0, kFirstChannel);
  base::Instant due = at(0);
  int tries = 0;
  while (!night_.state.outbox.empty()) {
    ASSERT_EQ(night_.state.outbox.size(), 1U);
    EXPECT_EQ(night_.state.outbox.begin()->first, due);
    receipt(due, id, ++tries % 2 == 0 ? Receipt::unknown : Receipt::failed_for_now);
    due += retry_delay(tries);
  }
  EXPECT_EQ(tries, kMostAttempts);
}

TEST_F(StateMessages, AChannelRestsAfterFiveFailuresToHandOver) {
  const auto id = issue(0, kFirstChannel);
  for (int failed = 1; failed < kFailuresBeforeRest; ++failed) {
    receipt(at(failed), id, failed % 2 == 0 ? Receipt::unknown : Receipt::failed_for_now);
    EXPECT_FALSE(night_.state.rests(kFirstChannel)) << failed;
    EXPECT_FALSE(night_.state.passed_over_from(message(id)));
  }
  receipt(at(kFailuresBeforeRest), id, Receipt::failed_for_now);
  EXPECT_TRUE(night_.state.rests(kFirstChannel));
  EXPECT_EQ(night_.state.passed_over_from(message(id)), at(1) + kRestBeforePassing);
  // Whoever is asked now goes on as well, and who was reached before does not.
  const auto other = issue(6, kFirstChannel);
  EXPECT_EQ(night_.state.passed_over_from(message(other)), at(1) + kRestBeforePassing);
  receipt(at(7), other, Receipt::sent);
  EXPECT_FALSE(night_.state.rests(kFirstChannel));
  EXPECT_FALSE(night_.state.passed_over_from(message(id)));
}

TEST_F(StateMessages, AnAddressOrATelephoneThatIsOffIsNoFailureOfTheChannel) {
  for (int i = 0; i < 2 * kFailuresBeforeRest; ++i) {
    receipt(at(i), issue(i, kFirstChannel), Receipt::failed_for_good);
    const auto off = issue(i, kThreema);
    receipt(at(i), off, Receipt::sent);
    receipt(at(i), off, Receipt::failed_for_now);
  }
  EXPECT_FALSE(night_.state.rests(kFirstChannel));
  EXPECT_FALSE(night_.state.rests(kThreema));
  for (int i = 0; i < 2 * kFailuresBeforeRest; ++i)
    receipt(at(i), issue(i, kPhone), Receipt::failed_for_now);
  EXPECT_FALSE(night_.state.rests(kPhone)) << "that is the switchboard";
}

TEST_F(StateMessages, NothingIsTriedAfterItExpired) {
  const auto id = issue(0, kFirstChannel, MessageKind::request, 1);
  receipt(at(1) - retry_delay(1), id, Receipt::failed_for_now);
  EXPECT_TRUE(night_.state.outbox.empty());
}

TEST_F(StateMessages, ALateSentReplacesNoDelivered) {
  const auto id = issue(0, kFirstChannel);
  receipt(at(1), id, Receipt::delivered);
  receipt(at(2), id, Receipt::sent);
  EXPECT_EQ(message(id).receipt, Receipt::delivered);
  EXPECT_EQ(message(id).receipted, at(1));
  EXPECT_TRUE(night_.of("ana").reached);
}

// Receipts come in any order, of any message, also twice. A message that is to be sent is there
// once, is not closed, and has a try left.
TEST_F(StateMessages, TheOutboxHoldsWhatIsToBeSentAndNothingTwice) {
  base::SeededRandom random{5};
  std::vector<seal::MessageId> ids;
  for (int minute = 0; minute < 400; ++minute) {
    if (ids.empty() || random.chance(0.3))
      ids.push_back(issue(minute, random.chance(0.2) ? kPhone : kFirstChannel,
                          random.chance(0.2) ? MessageKind::update : MessageKind::request));
    else
      receipt(at(minute), ids[random.below(ids.size())], static_cast<Receipt>(1 + random.below(7)));
    std::set<MessageIndex> due;
    for (const auto& [when, index] : night_.state.outbox) {
      ASSERT_TRUE(due.insert(index).second) << "message " << index << " is due twice";
      const Message& waiting = night_.state.messages[index];
      ASSERT_FALSE(waiting.closed);
      ASSERT_LT(waiting.attempts, kMostAttempts);
      ASSERT_TRUE(!waiting.receipt || waiting.receipt == Receipt::failed_for_now ||
                  waiting.receipt == Receipt::unknown);
    }
    for (const MessageIndex index : night_.state.phone_list)
      ASSERT_EQ(night_.state.messages[index].channel, kPhone);
  }
}

TEST_F(StateMessages, OnlyTheNewestLeadBriefingIsSent) {
  const auto first = issue(0, kFirstChannel, MessageKind::update);
  const auto second = issue(1, kFirstChannel, MessageKind::update);
  EXPECT_TRUE(message(first).closed);
  EXPECT_FALSE(message(second).closed);
  EXPECT_EQ(night_.state.outbox.size(), 1U);
}

TEST_F(StateMessages, WordsThatAPromptSaidWhenItExpiredAreNoBriefing) {
  night_.happens(0, Told{Audience::person, "ana", "You lead Resus until its lead comes."}, "");
  const auto id = seal::random_message_id(night_.random);
  night_.happens(0,
                 Issued{id, PersonId{"ana"}, MessageKind::update, kFirstChannel,
                        PostId{"resus/nurse/response"}, 0, at(720),
                        "You lead Resus until its lead comes.", "a coordinator's words"},
                 "");
  issue(1, kFirstChannel, MessageKind::update);
  EXPECT_FALSE(message(id).closed);
  EXPECT_TRUE(night_.state.untold.contains(*night_.state.message_index(id)));
}

TEST_F(StateMessages, WhatAnOperatorSaysIsNeverSent) {
  const auto id = issue(0, kPhone, MessageKind::assigned);
  receipt(at(1), id, Receipt::failed_for_now);
  EXPECT_TRUE(night_.state.outbox.empty());
}

TEST_F(StateMessages, AYesOnAnotherChannelTakesTheQuestionOffTheListButNotTheNews) {
  issue(0, kPhone, MessageKind::request);
  const auto news = issue(0, kPhone, MessageKind::assigned);
  night_.replies(1, "ana", Answer::coming, 20, kFirstChannel);
  EXPECT_EQ(night_.state.phone_list, std::set{*night_.state.message_index(news)});
  night_.replies(2, "ana", Answer::coming, 20, kPhone);  // to an operator who had nothing to say
  EXPECT_EQ(night_.state.phone_list.size(), 1U);
}

TEST_F(StateMessages, TheNextChannelAsksAnewAndAReminderOnTheSameDoesNot) {
  issue(0, kFirstChannel);
  issue(5, kFirstChannel, MessageKind::reminder);
  EXPECT_EQ(night_.of("ana").reminded, 1);
  EXPECT_EQ(night_.of("ana").window_from, at(0));
  issue(10, kPhone, MessageKind::reminder);
  EXPECT_EQ(night_.of("ana").reminded, 0);
  EXPECT_EQ(night_.of("ana").window_from, at(10));
  EXPECT_EQ(night_.of("ana").asked, at(0));
}

// Four reminders that wait for a relay must not arrive together when it is back.
TEST_F(StateMessages, OfQuestionsThatWaitForAChannelOnlyTheNewestGoesOut) {
  const auto first = issue(0, kFirstChannel);
  receipt(at(1), first, Receipt::failed_for_now);
  const auto second = issue(2, kFirstChannel, MessageKind::reminder);
  EXPECT_TRUE(message(first).closed);
  EXPECT_FALSE(message(second).closed);
  EXPECT_EQ(night_.state.outbox.size(), 1U);
  issue(3, kThreema, MessageKind::reminder);
  EXPECT_EQ(night_.state.outbox.size(), 2U) << "the way before may still be the one that works";
}

// "Can you come?" after "please do not travel".
TEST_F(StateMessages, AQuestionThatDidNotGoOutIsReplacedByADecision) {
  const auto question = issue(0, kFirstChannel);
  receipt(at(1), question, Receipt::failed_for_now);
  issue(2, kThreema, MessageKind::stand_down);
  EXPECT_TRUE(message(question).closed);
  EXPECT_EQ(night_.state.outbox.size(), 1U);
}

TEST_F(StateMessages, NothingOfTheNightGoesOutToWhoIsToldThatItIsOver) {
  const auto thanks = issue(0, kFirstChannel, MessageKind::offer_acknowledgement);
  const auto question = issue(1, kFirstChannel);
  night_.happens(2, Ended{"over"});
  issue(2, kFirstChannel, MessageKind::stand_down);
  EXPECT_TRUE(message(thanks).closed);
  EXPECT_TRUE(message(question).closed);
}

// Only a stand-down reached them, then the number turned out to be somebody else's.
TEST_F(StateMessages, WhoHasASeatThatNobodyWroteToThemDoesNotKnowIt) {
  const auto words = issue(0, kThreema, MessageKind::stand_down);
  receipt(at(1), words, Receipt::delivered);
  ASSERT_TRUE(night_.state.knows_decision(night_.index("ana")));
  night_.happens(2, Assigned{PersonId{"ana"}, PostId{"resus/nurse/relief"}, 0, at(480), "pinned"});
  EXPECT_FALSE(night_.state.knows_decision(night_.index("ana")));
}

// She was to be rung, and told to come; then she is not needed, and knows nothing of either.
TEST_F(StateMessages, WhatNobodyHasSaidIsNotSaidToWhoIsNotNeededAnyMore) {
  night_.happens(0,
                 Assigned{PersonId{"ana"}, PostId{"resus/nurse/response"}, 0, at(60), "on duty"});
  issue(0, kPhone);
  const auto words = issue(0, kPhone, MessageKind::assigned);
  night_.happens(1, StoodDown{PersonId{"ana"}, "not on duty now"}, "");
  EXPECT_TRUE(message(words).closed);
  EXPECT_TRUE(night_.state.phone_list.empty());
}

class Arriving : public StateMessages {
 protected:
  void is_told(int minute, const char* post, bool is_delivered) {
    const auto id = seal::random_message_id(night_.random);
    const PostIndex seat = night_.post(post);
    night_.happens(minute, Assigned{PersonId{"ana"}, PostId{post}, 0, at(60), "said yes"});
    night_.happens(
        minute,
        Issued{id, PersonId{"ana"},
               night_.state.is_relief(seat) ? MessageKind::reserve : MessageKind::assigned,
               kThreema, PostId{post}, 0, at(720), "", "said yes"},
        "");
    if (is_delivered) receipt(at(minute), id, Receipt::delivered);
  }
  bool is_owed_words() const { return !night_.state.untold.empty(); }
};

TEST_F(Arriving, ShowsThatTheyKnowTheOnlySeatThatTheyHad) {
  is_told(0, "resus/nurse/response", false);
  ASSERT_TRUE(is_owed_words());
  night_.replies(5, "ana", Answer::arrived, 0);
  EXPECT_FALSE(is_owed_words());
}

TEST_F(Arriving, DoesNotShowThatTheyKnowOfTheSeatThatTheyWereGivenSince) {
  is_told(0, "resus/nurse/response", true);
  is_told(3, "resus/nurse/relief", false);
  night_.replies(5, "ana", Answer::arrived, 0);
  EXPECT_TRUE(is_owed_words());
}

}  // namespace
}  // namespace tocsin::incident
