#include "relay/waiters.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "relay/limits.h"

namespace tocsin::relay {

// A key id is a hash, so its first bytes are one, too.
std::size_t Waiters::HashOf::operator()(const seal::KeyId& id) const noexcept {
  std::size_t out = 0;
  std::memcpy(&out, id.bytes.data(), sizeof out);
  return out;
}

bool Waiters::is_full_for(const Waiter& waiter) const noexcept {
  return waiter.is_stranger && strangers_ >= limits::kMostStrangersWaiting;
}

std::optional<Waiter> Waiters::add(const seal::KeyId& mailbox, Waiter waiter) {
  std::optional<Waiter> pushed_out;
  if (const auto* waiters = of(mailbox);
      waiters != nullptr && waiters->size() >= limits::kMostWaitingPerMailbox) {
    pushed_out = waiters->front();
    forget(*pushed_out->connection);
  }
  strangers_ += waiter.is_stranger ? 1 : 0;
  waits_for_[waiter.connection.get()] = mailbox;
  by_mailbox_[mailbox].push_back(std::move(waiter));
  count_.store(waits_for_.size());
  return pushed_out;
}

const std::vector<Waiter>* Waiters::of(const seal::KeyId& mailbox) const {
  const auto found = by_mailbox_.find(mailbox);
  return found == by_mailbox_.end() ? nullptr : &found->second;
}

bool Waiters::forget(const Connection& connection) {
  const auto found = waits_for_.find(&connection);
  if (found == waits_for_.end()) return false;
  const auto at = by_mailbox_.find(found->second);
  std::erase_if(at->second, [&](const Waiter& waiter) {
    if (waiter.connection.get() != &connection) return false;
    strangers_ -= waiter.is_stranger ? 1 : 0;
    return true;
  });
  if (at->second.empty()) by_mailbox_.erase(at);
  waits_for_.erase(found);
  count_.store(waits_for_.size());
  return true;
}

std::vector<Waiter> Waiters::take_all() {
  std::vector<Waiter> all;
  for (auto& [mailbox, waiters] : std::exchange(by_mailbox_, {}))
    std::move(waiters.begin(), waiters.end(), std::back_inserter(all));
  waits_for_.clear();
  strangers_ = 0;
  count_.store(0);
  return all;
}

}  // namespace tocsin::relay
