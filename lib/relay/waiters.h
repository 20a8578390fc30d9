// The long polls of a relay that wait, by mailbox. Limits how many wait for one mailbox, and how
// many strangers wait in all. It does not answer them.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "seal/key.h"

namespace tocsin::relay {

class Connection;

struct Waiter {
  std::shared_ptr<Connection> connection;
  std::uint64_t after = 0;  // it has seen everything up to this cursor
  bool is_stranger = false;
};

class Waiters {
 public:
  // Whether it is a stranger and there is no room for more of them.
  bool is_full_for(const Waiter& waiter) const noexcept;
  // When this mailbox has too many, removes its oldest waiter and returns it.
  std::optional<Waiter> add(const seal::KeyId& mailbox, Waiter waiter);
  // All that wait for this mailbox; null when there are none. Valid until the next change.
  const std::vector<Waiter>* of(const seal::KeyId& mailbox) const;
  // False when it was not waiting.
  bool forget(const Connection& connection);
  std::vector<Waiter> take_all();

  std::size_t count() const noexcept { return count_.load(); }  // from any thread

 private:
  struct HashOf {
    std::size_t operator()(const seal::KeyId& id) const noexcept;
  };
  std::unordered_map<seal::KeyId, std::vector<Waiter>, HashOf> by_mailbox_;
  std::unordered_map<const Connection*, seal::KeyId> waits_for_;
  std::size_t strangers_ = 0;
  std::atomic<std::size_t> count_{0};
};

}  // namespace tocsin::relay
