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
  const Message& message() const { return night_.state.messages.back(); }
  base::Instant due() const { return night_.state.outbox.begin()->first; }

  Night night_;
};

TEST_F(StateClock, WhatWasStampedAheadHappenedNow) {
  issue(1'000);
  set_back(1'000, 5);
  EXPECT_EQ(due(), at(5));
  EXPECT_EQ(message().issued, at(5));
  EXPECT_EQ(message().expires, at(65)) << "it stays valid for as long";
  EXPECT_EQ(night_.state.people[message().person].window_from, at(5));
}

TEST_F(StateClock, ARetryKeepsItsDelay) {
  const seal::MessageId id = issue(1'000);
  night_.happens(1'000, Receipted{id, contact::Receipt::failed_for_now, "timeout"});
  ASSERT_EQ(due(), at(1'000) + retry_delay(1));
  set_back(1'000, 5);
  EXPECT_EQ(due(), at(5) + retry_delay(1));
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
  EXPECT_EQ(night_.state.people[ben].phone_taken_until, at(10)) << "taken for five minutes more";
}

}  // namespace
}  // namespace tocsin::incident
