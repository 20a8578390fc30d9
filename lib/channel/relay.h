// The relay as a channel: sends envelopes to mailboxes and collects one key's own mailbox. It
// returns a message again until it is acknowledged; receipts say which messages a device has
// taken. Addresses are key ids in text.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/random.h"
#include "channel/channel.h"
#include "channel/mailbox.h"
#include "channel/parts.h"
#include "wire/messages.h"

namespace tocsin::channel {

class RelayChannel final : public Carrier<Class::sealed> {
 public:
  static constexpr std::string_view kName = "relay";
  static std::unique_ptr<RelayChannel> make(const contact::Settings& settings, const Parts& parts);

  RelayChannel(const RelayAddress& address, const seal::Identity& coordinator,
               const seal::Certificate& certificate, const seal::Identity& incident,
               const base::Clock& clock, Listen listen);
  // Ends the long poll, after one last try to tell the relay what was acknowledged.
  ~RelayChannel() override;

  std::string_view name() const noexcept override { return kName; }
  std::vector<Delivery> send(std::span<const SealedMessage> batch) override;
  Collected collect(base::Milliseconds patience) override;
  void acknowledge(std::uint64_t cursor) override;

  // Why the mailbox cannot be read at the moment; empty when it can.
  std::string trouble() const override;

 private:
  void listen();
  void ask(std::chrono::seconds wait);
  void tell(std::uint64_t acknowledged);
  base::Milliseconds pause_after(const Mailbox::Page& page);

  Mailbox outbox_;
  Mailbox inbox_;  // used by the listening thread, or by the caller when there is none
  base::SeededRandom jitter_;
  int failures_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<wire::Item> pending_;  // collected from the relay, not yet acknowledged
  std::uint64_t acknowledged_ = 0;
  std::uint64_t told_ = 0;  // the part of it that the relay knows
  std::string trouble_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tocsin::channel
