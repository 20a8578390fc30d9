// A drill without sockets, disk or cryptography: messages are passed on as they are. Only the
// transport is replaced; the loop, the allocation and the people are the same as live.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "drill/people/phones.h"

namespace tocsin::drill {

// Payloads without encryption, in the form of an envelope that the driver expects.
class OpenEnvelopes final : public incident::Envelopes {
 public:
  explicit OpenEnvelopes(const seal::VerifyKey& signer) noexcept : signer_(signer) {}
  base::Bytes seal(const seal::SealingKey& recipient, const seal::Header& header,
                   base::ByteView payload) const override;
  std::variant<seal::Opened, seal::Rejection> open(base::ByteView envelope) const override;

 private:
  seal::VerifyKey signer_;
};

// Both ends of the transport: the coordinator's channel and the responders' devices.
class MemoryPost final : public channel::Carrier<contact::Class::sealed>, public Phones {
 public:
  // `devices` are in the order of people. Their key ids name the mailboxes.
  explicit MemoryPost(std::vector<seal::PublicIdentity> devices);

  std::string_view name() const noexcept override { return "relay"; }
  std::vector<channel::Delivery> send(std::span<const channel::SealedMessage> batch) override;
  channel::Collected collect(base::Milliseconds patience) override;
  void acknowledge(std::uint64_t cursor) override;

  // People to whom something came since the last call.
  std::vector<std::size_t> take_arrivals() { return std::exchange(arrivals_, {}); }

  std::vector<device::Message> fetch(std::size_t person, base::Instant now) override;
  void send(std::size_t person, const seal::Header& header, const incident::Reply& reply) override;

 private:
  std::vector<seal::PublicIdentity> devices_;
  std::map<std::string, std::size_t> person_by_mailbox_;
  std::vector<std::vector<base::Bytes>> mailboxes_;
  std::vector<std::size_t> arrivals_;
  // What waits for the coordinator: a reply, or the receipt of a message that a device fetched.
  struct Item {
    base::Bytes reply;
    std::optional<seal::MessageId> fetched;
  };
  std::vector<Item> items_;  // not yet acknowledged
  std::uint64_t acknowledged_ = 0;
};

}  // namespace tocsin::drill
