// The relay's channel, with a push to each device for which a message waits there. The result of a
// push does not change the message's. A push is tried again for a while, in the background if the
// relay is read there, and then given up.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "channel/push.h"
#include "channel/relay.h"

namespace tocsin::channel {

class WakingChannel final : public Carrier<Class::sealed> {
 public:
  // `mailboxes` and `clock` must outlive it.
  WakingChannel(Carrier<Class::sealed>& mailboxes, std::unique_ptr<PushChannel> push,
                const base::Clock& clock, Listen listen);
  // Waits up to five seconds for pushes that were not tried yet.
  ~WakingChannel() override;

  std::string_view name() const noexcept override { return mailboxes_.name(); }
  std::vector<Delivery> send(std::span<const SealedMessage> batch) override;
  Collected collect(base::Milliseconds patience) override;
  void acknowledge(std::uint64_t cursor) override { mailboxes_.acknowledge(cursor); }

  // By the device's mailbox, in the form of addresses.
  void know(std::map<std::string, Subscription> subscriptions);
  struct Gone {
    std::string mailbox;
    Subscription subscription;
  };
  // Subscriptions that no longer exist, as the push service said. Each is returned once.
  std::vector<Gone> take_gone();
  // Why telephones cannot be woken now; empty when they can.
  std::string trouble() const override;

 private:
  struct Wake {
    seal::MessageId id;
    base::Instant expires;
    Urgency urgency = Urgency::normal;
    base::Instant due;
    int tries = 0;
  };
  using Due = std::vector<std::pair<std::string, Wake>>;

  void ask_for(const SealedMessage& message);
  Due take_due();
  void settle(const Due& due, const std::vector<Outgoing<playbook::Nudge>>& sent,
              const std::vector<Delivery>& deliveries);
  bool try_some();  // false when nothing is due
  void run();
  bool is_due() const;
  base::Milliseconds until_due() const;

  Carrier<Class::sealed>& mailboxes_;
  std::unique_ptr<PushChannel> push_;  // used by the thread, or by the caller when there is none
  const base::Clock& clock_;
  base::SeededRandom jitter_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Subscription> subscriptions_;
  std::map<std::string, Wake> wakes_;  // by mailbox; a newer one replaces an older one
  std::vector<Gone> gone_;
  std::string trouble_;
  bool trying_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tocsin::channel
