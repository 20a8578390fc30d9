#include "channel/relay.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "seal/entropy.h"
#include "unit/channel/push_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kOpened{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h + 40min};

// The channel of an incident whose relay says what a test tells it. How it works with a whole relay
// is tested there (unit/relay/server_test.cpp).
class RelayChannelTest : public ::testing::Test {
 protected:
  std::unique_ptr<RelayChannel> channel() {
    return std::make_unique<RelayChannel>(RelayAddress{relay_.origin(), {}}, coordinator_,
                                          certificate_, incident_, clock_, Listen::when_asked);
  }
  wire::Item item(std::uint64_t cursor, wire::ItemKind kind) {
    return {cursor, kind, seal::random_message_id(entropy_), kOpened + 20min,
            kind == wire::ItemKind::message ? base::Bytes(10, 1) : base::Bytes{}};
  }
  void will_answer(std::string head, const base::Bytes& body) {
    relay_.will_say({std::move(head)});
    relay_.will_say_more(std::string{base::text_of(body)});
  }
  // The cursors that the relay was told to delete up to.
  std::vector<std::uint64_t> told() const {
    std::vector<std::uint64_t> cursors;
    for (const PushService::Request& request : relay_.requests())
      if (request.head.find("/acknowledge ") != std::string::npos)
        cursors.push_back(wire::decode_cursor(base::bytes_of(request.body)).value_or(0));
    return cursors;
  }

  seal::Entropy entropy_;
  seal::Identity organisation_ = seal::Identity::generate(entropy_);
  seal::Identity coordinator_ = seal::Identity::generate(entropy_);
  seal::Identity incident_ = seal::Identity::generate(entropy_);
  seal::Certificate certificate_ =
      seal::issue_certificate(organisation_.signing, seal::Role::tactical,
                              coordinator_.public_identity(), "", 1, kOpened - 1h, kOpened + 24h);
  base::VirtualClock clock_{kOpened};
  PushService relay_;
};

TEST_F(RelayChannelTest, WhatCameIsReturnedUntilItIsInTheJournal) {
  const wire::Item items[] = {item(3, wire::ItemKind::message), item(5, wire::ItemKind::receipt)};
  will_answer("200 OK", wire::encode_items(items));
  const auto relay = channel();
  for (int time = 0; time < 2; ++time) {
    const Collected all = relay->collect({});
    ASSERT_EQ(all.messages.size(), 1U);
    EXPECT_EQ(all.messages[0].content, items[0].envelope);
    ASSERT_EQ(all.deliveries.size(), 1U);
    EXPECT_EQ(all.deliveries[0].id, items[1].id);
    EXPECT_EQ(all.deliveries[0].receipt, Receipt::delivered);
    EXPECT_EQ(all.cursor, 5U);
  }
  EXPECT_EQ(relay_.requests().size(), 1U);  // it asks for no more than one page
  EXPECT_TRUE(told().empty());

  will_answer("204 Nothing", {});
  relay->acknowledge(3);
  EXPECT_EQ(told(), std::vector<std::uint64_t>{3});
  const Collected rest = relay->collect({});
  EXPECT_TRUE(rest.messages.empty());
  EXPECT_EQ(rest.deliveries.size(), 1U);
  relay->acknowledge(5);
  relay->acknowledge(5);
  relay->acknowledge(2);  // never back
  EXPECT_EQ(told(), (std::vector<std::uint64_t>{3, 5}));
}

TEST_F(RelayChannelTest, ReadsOnFromWhatWasAcknowledged) {
  const wire::Item one = item(8, wire::ItemKind::message);
  will_answer("200 OK", wire::encode_items({&one, 1}));
  const auto relay = channel();
  relay->acknowledge(relay->collect({}).cursor);
  relay->collect({});
  EXPECT_NE(relay_.requests().back().head.find("?after=8&"), std::string::npos);
}

TEST_F(RelayChannelTest, WhatTheRelayDidNotHearIsSaidAgainAndAtTheEnd) {
  const wire::Item one = item(8, wire::ItemKind::message);
  will_answer("200 OK", wire::encode_items({&one, 1}));
  {
    const auto relay = channel();
    relay->acknowledge(relay->collect({}).cursor);  // 200 is no answer to that
    EXPECT_EQ(told().size(), 1U);
    will_answer("200 OK", wire::encode_items({}));
    relay->collect({});
    EXPECT_EQ(told().size(), 2U);
  }
  EXPECT_EQ(told(), (std::vector<std::uint64_t>{8, 8, 8}));
}

TEST_F(RelayChannelTest, TroubleIsNamedAndPasses) {
  const auto relay = channel();
  will_answer("503 Down", {});
  EXPECT_TRUE(relay->collect({}).messages.empty());
  EXPECT_EQ(relay->trouble(), "the relay is busy");
  const wire::Item one = item(1, wire::ItemKind::message);
  will_answer("200 OK", wire::encode_items({&one, 1}));
  EXPECT_EQ(relay->collect({}).messages.size(), 1U);
  EXPECT_EQ(relay->trouble(), "");
}

TEST_F(RelayChannelTest, AnswersGoToTheIncidentAndTheCoordinatorWrites) {
  const wire::Outcome stored = wire::Outcome::stored;
  will_answer("200 OK", wire::encode_outcomes({&stored, 1}));
  const SealedMessage message{seal::random_message_id(entropy_),
                              to_text(seal::Identity::generate(entropy_).public_identity().id()),
                              {{1}},
                              kOpened + 20min,
                              Urgency::high};
  EXPECT_EQ(channel()->send({&message, 1}).at(0).receipt, Receipt::sent);
  const PushService::Request request = relay_.requests().at(0);
  EXPECT_EQ(wire::decode_batch(base::bytes_of(request.body))->answers,
            incident_.public_identity().id());
  EXPECT_NE(request.header("Tocsin-Certificate"), "");
}

}  // namespace
}  // namespace tocsin::channel
