// How each device can be woken: the organisation's subscriptions, sealed in the home
// (tocsin-home(5), subscriptions.sealed). Also keeps to which devices push was offered.
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
  // True when it is new. A relay may deliver an older subscription after a newer one. A
  // subscription that no longer exists is replaced only by a newer one.
  bool keep(const seal::KeyId& device, Subscription subscription, base::Instant said);
  // True when the book had this subscription.
  bool retire(const seal::KeyId& device, const Subscription& subscription);
  bool can_wake(const seal::KeyId& device) const;

  // Whether this device has no subscription and has not been offered one since.
  bool wants_offer(const seal::KeyId& device, base::Instant since) const;
  void offered(const seal::KeyId& device, base::Instant at);

  // True when something was removed.
  bool forget_if(const std::function<bool(const seal::KeyId&)>& is_lost);

  // By the device's mailbox in text, as WakingChannel takes them.
  std::map<std::string, Subscription> by_mailbox() const;

  friend base::Bytes encode(const SubscriptionBook& book);
  // nullopt for bytes that `encode` does not write.
  friend std::optional<SubscriptionBook> decode_subscription_book(base::ByteView bytes);
  friend bool operator==(const SubscriptionBook&, const SubscriptionBook&) = default;

 private:
  struct Entry {
    base::Instant offered{};  // 1970: never
    base::Instant said{};     // when the device signed its last subscription
    std::optional<Subscription> subscription;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::map<seal::KeyId, Entry> entries_;
};

base::Bytes encode(const SubscriptionBook& book);
std::optional<SubscriptionBook> decode_subscription_book(base::ByteView bytes);

}  // namespace tocsin::channel
