#include "incident/loop/send.h"

#include <gtest/gtest.h>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using contact::Class;
using contact::Receipt;

// Takes what a channel of its class takes, and keeps it.
template <Class kClass>
class Listening final : public channel::Carrier<kClass> {
 public:
  using Content = typename channel::Carrier<kClass>::Content;
  std::string_view name() const noexcept override { return "phone"; }
  std::vector<channel::Delivery> send(std::span<const channel::Outgoing<Content>> batch) override {
    std::vector<channel::Delivery> deliveries;
    for (const auto& message : batch) {
      heard.push_back(message);
      deliveries.push_back({message.id, says, "", {}, holds});
    }
    return deliveries;
  }
  channel::Collected collect(base::Milliseconds) override { return {}; }
  void acknowledge(std::uint64_t) override {}

  std::vector<channel::Outgoing<Content>> heard;
  Receipt says = Receipt::sent;
  bool holds = false;
};

class Send : public testing::Test {
 protected:
  MessageIndex request(const char* person) {
    night_.happens(0, Issued{seal::random_message_id(night_.random), PersonId{person},
                             playbook::MessageKind::request, kPhone, PostId{"resus/nurse/response"},
                             1, at(720), "", "a test"});
    return static_cast<MessageIndex>(night_.state.messages.size() - 1);
  }
  Receipted send_one(MessageIndex index, channel::Channel& channel) {
    return send(night_.state, {&index, 1}, channel, envelopes_, {}).front();
  }

  Night night_;
  seal::SigningKey signing_ = seal::Identity::generate(night_.random).signing;
  seal::OpeningKey opening_ = seal::Identity::generate(night_.random).opening;
  SealedEnvelopes envelopes_{signing_, opening_};
};

TEST_F(Send, HandsAReadableChannelANudgeAndNoWordOfTheIncident) {
  Listening<Class::provider_readable> channel;
  EXPECT_EQ(send_one(request("ana"), channel).receipt, Receipt::sent);
  ASSERT_EQ(channel.heard.size(), 1U);
  EXPECT_EQ(channel.heard[0].address, "+447700900197");
  EXPECT_EQ(channel.heard[0].urgency, channel::Urgency::high);
  EXPECT_EQ(channel.heard[0].content.text("https://relay.example/"),
            "Incident message: open https://relay.example/");
}

TEST_F(Send, HandsAnEndToEndChannelTheWords) {
  Listening<Class::end_to_end> channel;
  EXPECT_EQ(send_one(request("ana"), channel).receipt, Receipt::sent);
  ASSERT_EQ(channel.heard.size(), 1U);
  EXPECT_NE(channel.heard[0].content.text.find("Trauma nurse"), std::string::npos);
}

TEST_F(Send, HandsAHumanACall) {
  Listening<Class::human> channel;
  EXPECT_EQ(send_one(request("ana"), channel).receipt, Receipt::sent);
  EXPECT_EQ(channel.heard.size(), 1U);
}

TEST_F(Send, FailsForGoodWhereNothingIsLeftToSendTo) {
  Listening<Class::sealed> sealed;
  const Receipted no_device = send_one(request("ana"), sealed);
  EXPECT_EQ(no_device.receipt, Receipt::failed_for_good);
  EXPECT_EQ(no_device.reason, "no device left");
  Listening<Class::human> human;
  const Receipted no_address = send_one(request("gus"), human);
  EXPECT_EQ(no_address.receipt, Receipt::failed_for_good);
  EXPECT_EQ(no_address.reason, "no address left");
  EXPECT_TRUE(sealed.heard.empty() && human.heard.empty());
}

TEST_F(Send, WhatAChannelHoldsBackHasNoReceipt) {
  Listening<Class::provider_readable> channel;
  channel.says = Receipt::failed_for_now;
  const MessageIndex one = request("ana");
  EXPECT_EQ(send(night_.state, {&one, 1}, channel, envelopes_, {}).size(), 1U);
  channel.holds = true;
  EXPECT_TRUE(send(night_.state, {&one, 1}, channel, envelopes_, {}).empty());
}

}  // namespace
}  // namespace tocsin::incident
