// The devices that can be woken by push: the home's book of subscriptions, and the channel that
// uses it.
#pragma once

#include <functional>

#include "base/random.h"
#include "channel/subscription_book.h"
#include "home/home.h"

namespace tocsin::control {

// The push of tocsin.yaml; null when it has none.
const home::Channel* push_setting(const home::Home& home);
// Where a push service of the organisation's own is, as push_service has it; empty: it has none.
std::string own_push_service(const home::Home& home);

channel::SubscriptionBook read_subscriptions(const home::Home& home, const seal::StoreKey& store);
// Reads, changes and writes while no other process does. `change` returns whether it changed
// anything.
void change_subscriptions(const home::Home& home, const seal::StoreKey& store, base::Random& random,
                          const std::function<bool(channel::SubscriptionBook&)>& change);

}  // namespace tocsin::control
