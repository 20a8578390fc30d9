// Push for the home: its book of subscriptions, and the channel that uses it.
#pragma once

#include <functional>

#include "base/random.h"
#include "channel/subscription_book.h"
#include "home/home.h"

namespace tocsin::control {

// The settings of push in tocsin.yaml, or null.
const home::Channel* push_setting(const home::Home& home);
// The address of the organisation's own push service (see channel::push_service), or empty.
std::string own_push_service(const home::Home& home);

channel::SubscriptionBook read_subscriptions(const home::Home& home, const seal::StoreKey& store);
// Reads the book, calls `change` and writes the book, under a lock. `change` returns whether it
// changed anything.
void change_subscriptions(const home::Home& home, const seal::StoreKey& store, base::Random& random,
                          const std::function<bool(channel::SubscriptionBook&)>& change);

}  // namespace tocsin::control
