// A way that messages travel. A channel sends a batch and says at once what became of each message;
// receipts and replies that come later are collected. It never retries on its own, never throws for
// a failed delivery, and treats a timeout as unknown, never as failed.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "channel/content.h"
#include "channel/said.h"
#include "contact/channel.h"
#include "contact/receipt.h"
#include "seal/envelope.h"

namespace tocsin::channel {

using contact::Class;
using contact::Receipt;

struct Delivery {  // the result for one message
  seal::MessageId id;
  Receipt receipt = Receipt::unknown;
  std::string reason;                 // of a failure; names no person and no address
  base::Milliseconds retry_after{0};  // asked for by the other end, or 0
  // It went nowhere, because the provider's limit was reached: it has not failed, and goes as soon
  // as there is room.
  bool is_held = false;
};

struct Incoming {
  base::Bytes content;  // an envelope, unopened: hostile until decoded
};

// How many messages a channel takes now, by the limit of its provider, and when it takes more. What
// it does not take now stays with the sender.
struct Room {
  std::size_t messages = std::numeric_limits<std::size_t>::max();
  base::Instant again{};
};

struct Collected {
  std::vector<Delivery> deliveries;
  std::vector<Incoming> messages;
  std::vector<Said> said;
  // For `acknowledge`, which says that everything up to here is in the journal, so that the other
  // end may delete it (lib/README.md, rule 7).
  std::uint64_t cursor = 0;

  bool has_any() const noexcept {
    return !deliveries.empty() || !messages.empty() || !said.empty();
  }
};

template <Class kClass>
class Carrier;
// A channel by its class: a sender must say for each class what the channel gets.
using AnyCarrier = std::variant<Carrier<Class::sealed>*, Carrier<Class::end_to_end>*,
                                Carrier<Class::provider_readable>*, Carrier<Class::human>*>;

class Channel {
 public:
  virtual ~Channel() = default;
  virtual std::string_view name() const noexcept = 0;
  virtual AnyCarrier carrier() noexcept = 0;
  virtual Room room() { return {}; }
  // Returns what has come since the last acknowledged cursor. When there is nothing, waits at most
  // `patience`.
  virtual Collected collect(base::Milliseconds patience) = 0;
  virtual void acknowledge(std::uint64_t cursor) = 0;
  // Why it does not work at the moment, beyond single messages; empty when it does. Names no person
  // and no address.
  virtual std::string trouble() const { return {}; }
};

template <Class kClass>
class Carrier : public Channel {
 public:
  static constexpr Class kCarries = kClass;
  using Content = typename Carried<kClass>::Content;

  AnyCarrier carrier() noexcept final { return this; }
  // One Delivery for each message, in order.
  virtual std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) = 0;
};

}  // namespace tocsin::channel
