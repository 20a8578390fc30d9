// A way that messages travel. A channel sends a batch and says at once what became of each message;
// receipts and replies that come later are collected. It never retries on its own, never throws for
// a failed delivery, and treats a timeout as unknown, never as failed (design §8).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "contact/channel.h"
#include "contact/receipt.h"
#include "seal/envelope.h"

namespace tocsin::channel {

using contact::Class;
using contact::Receipt;
using contact::to_text;

enum class Urgency : std::uint8_t { normal, high };  // high: worth waking a telephone that sleeps

struct Outgoing {
  seal::MessageId id;   // the same on every attempt: the far end drops the second
  std::string address;  // of this channel's kind: a mailbox, a folder name, a number. Never logged
  base::Bytes content;  // an envelope, or the text of a nudge
  base::Instant expires;
  Urgency urgency = Urgency::normal;
};

struct Delivery {  // what became of one message
  seal::MessageId id;
  Receipt receipt = Receipt::unknown;
  std::string reason;                 // for failures; names no person and no address
  base::Milliseconds retry_after{0};  // what the far end asked for, 0 when it did not
};

struct Incoming {
  base::Bytes content;  // an envelope, unopened: hostile until decoded
};

struct Collected {
  std::vector<Delivery> deliveries;
  std::vector<Incoming> messages;
  // Tells the far end that everything collected so far is in the journal and may be deleted there
  // (rule 7).
  std::uint64_t cursor = 0;
};

class Channel {
 public:
  virtual ~Channel() = default;
  virtual std::string_view name() const noexcept = 0;
  virtual Class channel_class() const noexcept = 0;
  // One Delivery for each message, in order.
  virtual std::vector<Delivery> send(std::span<const Outgoing> batch) = 0;
  // What has come since the last acknowledged cursor; waits at most `patience` when there is
  // nothing.
  virtual Collected collect(base::Milliseconds patience) = 0;
  virtual void acknowledge(std::uint64_t cursor) = 0;
};

}  // namespace tocsin::channel
