// The relay as a channel: posts envelopes to mailboxes, collects one key's own mailbox. What it
// collects is offered again until it is acknowledged; receipts say which messages a device has
// taken. Addresses are key ids in text.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "base/random.h"
#include "channel/channel.h"
#include "channel/mailbox.h"
#include "wire/messages.h"

namespace tocsin::channel {

enum class Listen : std::uint8_t {
  when_asked,  // `collect` asks the relay itself: repeatable, for drills and single commands
  background,  // a thread holds a long poll, so that `collect` hears of a reply at once
};

class RelayChannel final : public Channel {
 public:
  RelayChannel(const RelayAddress& address, const seal::Identity& coordinator,
               const seal::Certificate& certificate, const seal::Identity& incident,
               const base::Clock& clock, Listen listen);
  // Ends the long poll, after one last try to tell the relay what was acknowledged.
  ~RelayChannel() override;

  std::string_view name() const noexcept override { return "relay"; }
  Class channel_class() const noexcept override { return Class::sealed; }
  std::vector<Delivery> send(std::span<const Outgoing> batch) override;
  Collected collect(base::Milliseconds patience) override;
  void acknowledge(std::uint64_t cursor) override;

  // Why the mailbox cannot be read at the moment; empty when it can.
  std::string trouble() const;

 private:
  void listen();
  void ask(std::chrono::seconds wait);
  void tell(std::uint64_t acknowledged);
  base::Milliseconds pause_after(const Mailbox::Page& page);

  Mailbox outbox_;
  Mailbox inbox_;  // used by the listening thread, or by whoever calls when there is none
  base::SeededRandom jitter_;
  int failures_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<wire::Item> pending_;  // collected from the relay, not yet acknowledged
  std::uint64_t acknowledged_ = 0;
  std::uint64_t told_ = 0;  // what the relay knows of it
  std::string trouble_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tocsin::channel
