#include "incident/view/traffic.h"

#include <gtest/gtest.h>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using contact::Receipt;

// Words to four people by a messenger, at minute 0.
class TrafficTest : public testing::Test {
 protected:
  TrafficTest() : night_(written_first()) {
    for (const char* who : {"ana", "ben", "cyn", "dee"}) {
      Issued words{seal::random_message_id(night_.random),
                   PersonId{who},
                   playbook::MessageKind::update,
                   kThreema,
                   {},
                   0,
                   at(600),
                   "north entrance",
                   "words"};
      ids_.push_back(words.id);
      night_.happens(0, std::move(words));
    }
  }
  void receipt(int minute, std::size_t of, Receipt receipt) {
    night_.happens(minute, Receipted{ids_[of], receipt, ""}, "");
  }
  Traffic now(int minute) const {
    const auto all = traffic(night_.state, at(minute));
    EXPECT_EQ(all.size(), 1U);
    return all.at(0);
  }
  // Waiting, sent, delivered, failed.
  std::vector<int> counts(int minute) const {
    const Traffic one = now(minute);
    return {one.waiting, one.sent, one.delivered, one.failed};
  }

  Night night_;
  std::vector<seal::MessageId> ids_;
};

TEST_F(TrafficTest, EachMessageIsCountedOnceByTheNewestThatIsKnown) {
  EXPECT_EQ(counts(0), (std::vector{4, 0, 0, 0}));
  receipt(1, 0, Receipt::sent);
  receipt(1, 1, Receipt::sent);
  receipt(2, 1, Receipt::delivered);
  receipt(2, 2, Receipt::failed_for_good);
  receipt(2, 3, Receipt::unknown);
  EXPECT_EQ(counts(2), (std::vector{1, 1, 1, 1}));
  for (int attempt = 3; attempt < 20; ++attempt) receipt(attempt, 3, Receipt::failed_for_now);
  EXPECT_EQ(counts(20), (std::vector{0, 1, 1, 2}));
}

TEST_F(TrafficTest, WhatWaitsDrainsAtThePaceOfTheLastMinutes) {
  EXPECT_FALSE(now(0).drains_in) << "nothing was taken so far";
  night_.happens(0, LimitsTaken{{kThreema}, {8}}, "");
  EXPECT_EQ(now(0).drains_in, std::chrono::seconds{30}) << "by the limit";
  EXPECT_EQ(now(0).per_minute, 8U);
  receipt(0, 0, Receipt::sent);
  receipt(1, 1, Receipt::sent);
  // Two in one minute, and two wait.
  EXPECT_EQ(now(1).drains_in, std::chrono::seconds{60});
  receipt(1, 0, Receipt::delivered);
  EXPECT_EQ(now(1).drains_in, std::chrono::seconds{60}) << "a receipt of a receipt is no message";
  EXPECT_FALSE(now(4).drains_in) << "it has stopped";
  receipt(5, 2, Receipt::sent);
  receipt(5, 3, Receipt::sent);
  EXPECT_FALSE(now(5).drains_in) << "nothing waits";
}

TEST_F(TrafficTest, AChannelThatOnlyFailsIsSaidToFail) {
  receipt(1, 0, Receipt::failed_for_good);
  receipt(1, 1, Receipt::failed_for_good);
  EXPECT_FALSE(now(1).is_failing());
  receipt(1, 2, Receipt::failed_for_good);
  EXPECT_TRUE(now(1).is_failing());
  EXPECT_FALSE(now(1).rests) << "addresses may be wrong";
  receipt(2, 3, Receipt::sent);
  EXPECT_FALSE(now(2).is_failing());
}

TEST_F(TrafficTest, AChannelThatTakesNothingIsSaidToRest) {
  for (int i = 0; i < kFailuresBeforeRest; ++i) {
    EXPECT_FALSE(now(1).rests);
    receipt(1, 0, Receipt::failed_for_now);
  }
  EXPECT_TRUE(now(1).rests);
  EXPECT_TRUE(now(1).is_failing());
  receipt(2, 1, Receipt::sent);
  EXPECT_FALSE(now(2).rests);
}

}  // namespace
}  // namespace tocsin::incident
