// A provider for tests of what is said outside of an incident: it keeps what it was given, and says
// what a test puts into it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "channel/channel.h"

namespace tocsin::control {

class Messenger final : public channel::Carrier<contact::Class::provider_readable> {
 public:
  struct Given {
    seal::MessageId id;
    std::string address;
    std::string text;
  };

  std::string_view name() const noexcept override { return "sms"; }
  channel::Room room() override { return {room_}; }
  std::vector<channel::Delivery> send(std::span<const channel::Outgoing<Content>> batch) override {
    std::vector<channel::Delivery> deliveries;
    for (const auto& message : batch) {
      given.push_back({message.id, message.address, message.content.text("https://relay.example")});
      EXPECT_FALSE(message.asks) << "a button is a call's";
      EXPECT_EQ(message.urgency, channel::Urgency::normal) << "nobody is woken";
      const auto at = receipts.find(message.address);
      channel::Delivery delivery{message.id, channel::Receipt::sent, {}, {}};
      if (at != receipts.end()) delivery = {message.id, at->second, "the provider's reason", {}};
      deliveries.push_back(delivery);
    }
    return deliveries;
  }
  channel::Collected collect(base::Milliseconds) override { return waiting; }
  void acknowledge(std::uint64_t) override { waiting = {}; }

  // What somebody writes.
  void says(const std::string& from, const std::string& words, base::Instant at) {
    waiting.said.push_back({channel::said_id("sms", std::to_string(++said_)), from, words, at});
  }
  void reports(const seal::MessageId& id, channel::Receipt receipt) {
    waiting.deliveries.push_back({id, receipt, "the network's reason", {}});
  }

  std::map<std::string, channel::Receipt> receipts;  // of sending, by address; sent
  std::vector<Given> given;
  channel::Collected waiting;
  std::size_t room_ = 1'000;

 private:
  int said_ = 0;
};

}  // namespace tocsin::control
