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

}  // namespace
}  // namespace tocsin::incident
