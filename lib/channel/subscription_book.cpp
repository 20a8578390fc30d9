#include "channel/subscription_book.h"

#include <utility>

namespace tocsin::channel {

namespace {

constexpr std::uint8_t kVersion = 1;

}  // namespace

bool SubscriptionBook::keep(const seal::KeyId& device, Subscription subscription,
                            base::Instant said) {
  Entry& entry = entries_[device];
  if (said <= entry.said) return false;
  entry.said = said;
  entry.subscription = std::move(subscription);
  return true;
}

bool SubscriptionBook::retire(const seal::KeyId& device, const Subscription& subscription) {
  const auto found = entries_.find(device);
  if (found == entries_.end() || found->second.subscription != subscription) return false;
  found->second.subscription.reset();
  return true;
}

bool SubscriptionBook::can_wake(const seal::KeyId& device) const {
  const auto found = entries_.find(device);
  return found != entries_.end() && found->second.subscription;
}

bool SubscriptionBook::wants_offer(const seal::KeyId& device, base::Instant since) const {
  const auto found = entries_.find(device);
  return found == entries_.end() || (!found->second.subscription && found->second.offered < since);
}

void SubscriptionBook::offered(const seal::KeyId& device, base::Instant at) {
  entries_[device].offered = at;
}

bool SubscriptionBook::forget_if(const std::function<bool(const seal::KeyId&)>& is_lost) {
  return std::erase_if(entries_, [&](const auto& entry) { return is_lost(entry.first); }) > 0;
}

std::map<std::string, Subscription> SubscriptionBook::by_mailbox() const {
  std::map<std::string, Subscription> out;
  for (const auto& [device, entry] : entries_)
    if (entry.subscription) out.emplace(seal::to_text(device), *entry.subscription);
  return out;
}

base::Bytes encode(const SubscriptionBook& book) {
  base::ByteWriter out;
  out.u8(kVersion);
  out.varint(book.entries_.size());
  for (const auto& [device, entry] : book.entries_) {
    out.raw(device.bytes);
    out.i64(entry.offered.time_since_epoch().count());
    out.i64(entry.said.time_since_epoch().count());
    out.u8(entry.subscription ? 1 : 0);
    if (entry.subscription) write(out, *entry.subscription);
  }
  return out.take();
}

std::optional<SubscriptionBook> decode_subscription_book(base::ByteView bytes) {
  base::ByteReader in{bytes};
  SubscriptionBook book;
  if (in.u8() != kVersion) return std::nullopt;
  const auto instant = [&] { return base::Instant{base::Milliseconds{in.i64()}}; };
  std::uint64_t left = in.varint();
  for (; left > 0 && in.ok(); --left) {
    const seal::KeyId device{in.array<16>()};
    SubscriptionBook::Entry entry{instant(), instant(), std::nullopt};
    const std::uint8_t has = in.u8();
    if (has > 1) return std::nullopt;
    if (has == 1) entry.subscription = read_subscription(in);
    if (!book.entries_.empty() && device <= book.entries_.rbegin()->first) return std::nullopt;
    book.entries_.emplace(device, std::move(entry));
  }
  return in.done() && left == 0 ? std::optional{std::move(book)} : std::nullopt;
}

}  // namespace tocsin::channel
