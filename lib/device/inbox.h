// The letters that a device keeps: messages in their envelopes, and what was answered to each. They
// stay sealed on the disk (tocsin-home(5), inbox.state).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "home/device.h"
#include "incident/message/payload.h"

namespace tocsin::device {

struct Letter {
  std::uint32_t number = 0;  // that a person types; it never changes
  base::Bytes envelope;
  base::Instant received;
  incident::Answer answer = incident::Answer::none;  // `seen` after it was shown
  std::optional<base::Instant> when;                 // for "coming" or "later"
  base::Instant answered;
};

class Inbox {
 public:
  std::vector<Letter> letters;  // oldest first

  bool has(base::ByteView envelope) const;
  // Under the next number.
  void add(base::Bytes envelope, base::Instant received);
  // The oldest go when there are more than a thousand.
  void shorten();

  friend base::Bytes encode(const Inbox& inbox);
  // nullopt for bytes that `encode` cannot have written.
  friend std::optional<Inbox> decode_inbox(base::ByteView bytes);

 private:
  std::uint32_t next_ = 1;
};

base::Bytes encode(const Inbox& inbox);
std::optional<Inbox> decode_inbox(base::ByteView bytes);

// Empty when there is none yet. Faults (untrusted) when the file was changed or damaged.
Inbox read_inbox(const home::DeviceHome& home);
void write_inbox(const home::DeviceHome& home, const Inbox& inbox);

}  // namespace tocsin::device
