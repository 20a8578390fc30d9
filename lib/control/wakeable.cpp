#include "control/wakeable.h"

#include <algorithm>

#include "base/fault.h"

namespace tocsin::control {

namespace {

constexpr std::string_view kSubscriptions = "subscriptions";

}  // namespace

const home::Channel* push_setting(const home::Home& home) {
  const auto& channels = home.settings().channels;
  const auto found = std::find_if(channels.begin(), channels.end(),
                                  [](const home::Channel& one) { return one.id.str() == "push"; });
  return found == channels.end() ? nullptr : &*found;
}

std::string own_push_service(const home::Home& home) {
  const home::Channel* setting = push_setting(home);
  const auto origin =
      setting == nullptr ? std::nullopt : channel::origin_of(setting->setting("service"));
  return origin ? origin->url : std::string{};
}

channel::SubscriptionBook read_subscriptions(const home::Home& home, const seal::StoreKey& store) {
  const auto bytes = home.read_sealed(store, kSubscriptions);
  if (!bytes) return {};
  auto book = channel::decode_subscription_book(*bytes);
  if (!book)
    throw base::Fault(base::Exit::untrusted, "the list of subscriptions cannot be read",
                      "a newer version of tocsin may have written it; without the file "
                      "subscriptions.sealed telephones are asked again");
  return *std::move(book);
}

void change_subscriptions(const home::Home& home, const seal::StoreKey& store, base::Random& random,
                          const std::function<bool(channel::SubscriptionBook&)>& change) {
  const base::FileLock held = home.hold(kSubscriptions);
  channel::SubscriptionBook book = read_subscriptions(home, store);
  if (change(book)) home.write_sealed(store, kSubscriptions, channel::encode(book), random);
}

}  // namespace tocsin::control
