// The fold of what operators do: calls that are given out and end, and wrong numbers; also as older
// journals have it, whose calls have no number.
#include <gtest/gtest.h>

#include "base/fault.h"
#include "incident/state/reach.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using playbook::MessageKind;

const PersonId kAna{"ana"};
const ChannelId kText{"sms"};

std::vector<roster::Responder> with_two_numbers() {
  std::vector<roster::Responder> people = Night::staff();
  std::vector<roster::ContactPoint>& contacts = people[0].contacts;
  const std::string first = contacts.front().address;
  contacts = {{kPhone, first, {}, {}, true},
              {kText, first, {}, {}, true},
              {kText, "+447700900778", {}, {}, true},
              {kPhone, "+447700900777", {}, {}, true}};
  return people;
}

class StateCalls : public testing::Test {
 protected:
  seal::MessageId issue(int minute, MessageKind kind = MessageKind::request) {
    const auto id = seal::random_message_id(night_.random);
    night_.happens(
        minute,
        Issued{id, kAna, kind, kPhone, PostId{"resus/nurse/response"}, 1, at(720), "", "nearest"},
        "");
    return id;
  }
  bool waits(const seal::MessageId& id) const {
    return night_.state.phone_list.contains(*night_.state.message_index(id));
  }
  Night night_{kPlaybook, with_two_numbers(), roster::Rota{}};
  const PersonIndex ana_ = night_.index("ana");
};

TEST_F(StateCalls, EndOneByOne) {
  const auto id = issue(0);
  night_.happens(1, CallGiven{7, kAna, 1, at(4), {id}}, "Bo");
  night_.happens(5, CallGiven{9, kAna, 1, at(8), {id}}, "Cy");
  ASSERT_EQ(night_.of("ana").calls.size(), 2U);
  night_.happens(6, CallEnded{7, 0, kAna, 1, ""}, "Bo");
  ASSERT_EQ(night_.of("ana").calls.size(), 1U);
  EXPECT_EQ(night_.of("ana").calls.front().call, 9U);
  EXPECT_EQ(night_.of("ana").calls.front().until, at(8));
  EXPECT_TRUE(waits(id));
}

TEST_F(StateCalls, WithoutAnAnswerCloseWhatTheyWereGivenAndNobodyElseHas) {
  const auto first = issue(0, MessageKind::assigned);
  night_.happens(1, CallGiven{7, kAna, 1, at(4), {first}}, "Bo");
  night_.happens(2, CallEnded{7, 0, kAna, 1, std::string{kNoAnswer}}, "Bo");
  EXPECT_TRUE(waits(first)) << "they are rung once more";
  night_.happens(3, CallGiven{8, kAna, 1, at(6), {first}}, "Bo");
  const auto second = issue(4, MessageKind::update);
  night_.happens(7, CallGiven{9, kAna, 1, at(10), {second}}, "Cy");
  night_.happens(8, CallEnded{8, 0, kAna, 1, std::string{kNoAnswer}}, "Bo");
  EXPECT_FALSE(waits(first));
  EXPECT_TRUE(waits(second));
}

TEST_F(StateCalls, AWrongNumberIsWrongOnEveryChannel) {
  const auto id = issue(0);
  EXPECT_EQ(night_.state.contact_to_ring(ana_), 1U);
  EXPECT_EQ(addresses(night_.state, ana_, kText).size(), 2U);
  const std::uint64_t before = night_.state.events;
  night_.happens(1, CallEnded{0, before, kAna, 1, std::string{kWrongNumber}}, "Bo");
  EXPECT_EQ(night_.state.contact_to_ring(ana_), 4U);
  EXPECT_EQ(night_.state.contact_to_ring(ana_, before), 1U) << "what a sheet of then shows";
  EXPECT_EQ(addresses(night_.state, ana_, kText), std::vector<std::string>{"+447700900778"});
  EXPECT_TRUE(waits(id));
  night_.happens(2, CallEnded{0, night_.state.events, kAna, 1, std::string{kNoAnswer}}, "Cy");
  EXPECT_EQ(night_.of("ana").phone_tries, 0) << "nobody rang the other one";
  night_.happens(3, CallEnded{0, night_.state.events, kAna, 4, std::string{kWrongNumber}}, "Bo");
  EXPECT_EQ(night_.state.contact_to_ring(ana_), 0U);
  EXPECT_FALSE(waits(id));
  night_.happens(4, CallEnded{0, 0, kAna, 4, std::string{kRightNumber}}, "Bo");
  EXPECT_EQ(night_.state.contact_to_ring(ana_), 4U);
}

// Nobody was at home to say so at first.
TEST_F(StateCalls, WhatWasGivenUpAtAWrongNumberIsRungAtTheNext) {
  const auto question = issue(0);
  const auto news = issue(0, MessageKind::assigned);
  const auto old = issue(1, MessageKind::stand_down);
  const auto ring = [&](int minute, std::string_view outcome, std::uint64_t contact = 1) {
    night_.happens(minute, CallEnded{0, night_.state.events, kAna, contact, std::string{outcome}},
                   "Bo");
  };
  ring(1, kNoAnswer);
  ring(2, kNoAnswer);
  ASSERT_TRUE(night_.state.phone_list.empty());
  ring(3, kWrongNumber);
  EXPECT_TRUE(waits(question));
  EXPECT_TRUE(waits(old));
  EXPECT_FALSE(waits(news)) << "a newer decision replaced it";
  ring(4, kWrongNumber, 4);
  EXPECT_TRUE(night_.state.phone_list.empty());
  ring(5, kRightNumber, 4);
  EXPECT_TRUE(waits(old)) << "somebody must say it after all";
}

TEST_F(StateCalls, AContactPointThatIsNotThereIsNotWrong) {
  night_.happens(1, CallEnded{0, 0, kAna, 99, std::string{kWrongNumber}}, "Bo");
  EXPECT_TRUE(night_.of("ana").wrong_numbers.empty());
  EXPECT_THROW(
      night_.happens(1, CallGiven{3, kAna, 1, at(4), {seal::random_message_id(night_.random)}}),
      base::Fault);
}

// As older journals have it.
TEST_F(StateCalls, WithoutNumbersAreAsTheyWere) {
  const auto first = issue(0);
  const auto news = issue(0, MessageKind::assigned);
  night_.happens(1, PhoneTaken{kAna, at(6)}, "Bo");
  ASSERT_EQ(night_.of("ana").calls.size(), 1U);
  EXPECT_EQ(night_.of("ana").calls.front().messages.size(), 2U);
  night_.happens(2, PhoneUnanswered{kAna, std::string{kNoAnswer}}, "Bo");
  EXPECT_TRUE(night_.of("ana").calls.empty());
  EXPECT_TRUE(waits(first));
  night_.happens(3, CallTaken{kAna, at(6), {news}}, "Bo");
  night_.replies(3, "ana", Answer::coming, 20, kPhone);
  EXPECT_FALSE(waits(first));
  EXPECT_FALSE(waits(news));
  const auto more = issue(4, MessageKind::update);
  night_.happens(5, PhoneUnanswered{kAna, std::string{kNoAnswer}}, "Bo");
  EXPECT_FALSE(waits(more)) << "the second call in vain ends the ringing";
  night_.happens(6, PhoneUnanswered{kAna, std::string{kWrongNumber}}, "Bo");
  EXPECT_EQ(night_.state.contact_to_ring(ana_), 4U) << "it was the first number";
}

}  // namespace
}  // namespace tocsin::incident
