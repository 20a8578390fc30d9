// Which devices can be woken, and how: what the organisation keeps of subscriptions, sealed at home
// (tocsin-home(5), subscriptions.sealed). Also remembers whom it has offered to wake.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/instant.h"
#include "channel/subscription.h"
#include "seal/key.h"

namespace tocsin::channel {

class SubscriptionBook {
 public:
  // True when it is news: a relay may give an older word after a newer one, and one that is gone
  // comes back only by a word that is newer still.
  bool keep(const seal::KeyId& device, Subscription subscription, base::Instant said);
  // True when it was this one that the book had.
  bool retire(const seal::KeyId& device, const Subscription& subscription);
  bool can_wake(const seal::KeyId& device) const;

  // Whether this device has no subscription and has not been offered one since.
  bool wants_offer(const seal::KeyId& device, base::Instant since) const;
  void offered(const seal::KeyId& device, base::Instant at);

  // True when there was something to forget.
  bool forget_if(const std::function<bool(const seal::KeyId&)>& is_lost);

  // By the device's mailbox in text, as WakingChannel has them.
  std::map<std::string, Subscription> by_mailbox() const;

  friend base::Bytes encode(const SubscriptionBook& book);
  // Refuses what `encode` could not have written.
  friend std::optional<SubscriptionBook> decode_subscription_book(base::ByteView bytes);
  friend bool operator==(const SubscriptionBook&, const SubscriptionBook&) = default;

 private:
  struct Entry {
    base::Instant offered{};  // 1970: never
    base::Instant said{};     // when the device made its last word
    std::optional<Subscription> subscription;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::map<seal::KeyId, Entry> entries_;
};

base::Bytes encode(const SubscriptionBook& book);
std::optional<SubscriptionBook> decode_subscription_book(base::ByteView bytes);

}  // namespace tocsin::channel
