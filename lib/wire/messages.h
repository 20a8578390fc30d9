// The contents of a mailbox, and the bytes that writers, readers and a relay exchange
// (tocsin-relay(5)). Encoders trust their caller. Decoders trust nothing and return nullopt for
// malformed bytes. Knows no HTTP and no policy.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "seal/envelope.h"
#include "seal/key.h"

namespace tocsin::wire {

inline constexpr std::size_t kMostMessages = 512;
inline constexpr std::size_t kMostItems = 256;
inline constexpr std::size_t kMostEnvelopeBytes = 20'480;
// Of what was posted to a hook: a provider may put many events into one.
inline constexpr std::size_t kMostHookedBytes = 256U << 10;
inline constexpr std::size_t kMostSealedHookBytes = kMostHookedBytes + 4'096;  // of kind hooked
inline constexpr std::size_t kMostBodyBytes = 4U << 20;
inline constexpr std::size_t kMostPageBytes = 1U << 20;  // of envelopes, beyond the first
inline constexpr int kLongestWaitSeconds = 60;

struct Message {
  seal::KeyId mailbox;
  seal::MessageId id;
  base::Instant expires;
  base::ByteView envelope;  // a view into the body that was decoded, or into the writer's bytes
};
struct Batch {
  // Set by a coordinator: the mailbox to which devices may answer, and where receipts go.
  std::optional<seal::KeyId> answers;
  std::vector<Message> messages;
};
base::Bytes encode(const Batch& batch);
std::optional<Batch> decode_batch(base::ByteView body);

enum class Outcome : std::uint8_t {
  stored = 1,
  already = 2,
  not_allowed = 3,
  expired = 4,
  full = 5,
  too_fast = 6,
};
base::Bytes encode_outcomes(std::span<const Outcome> outcomes);
std::optional<std::vector<Outcome>> decode_outcomes(base::ByteView body);

enum class ItemKind : std::uint8_t {
  message = 1,
  receipt = 2,
  hooked = 3,  // from the relay itself: no sender can post one
};
struct Item {
  std::uint64_t cursor = 0;
  ItemKind kind = ItemKind::message;
  seal::MessageId id;
  base::Instant expires;
  base::Bytes envelope;  // empty for a receipt
};
base::Bytes encode_items(std::span<const Item> items);
std::optional<std::vector<Item>> decode_items(base::ByteView body);

base::Bytes encode_cursor(std::uint64_t cursor);
std::optional<std::uint64_t> decode_cursor(base::ByteView body);

}  // namespace tocsin::wire
