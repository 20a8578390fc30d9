// What somebody wrote or tapped on a channel that does not sign. It is believed only of the address
// that it came from, and hostile until decoded.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "seal/envelope.h"

namespace tocsin::channel {

inline constexpr std::size_t kMostSaidBytes = 1'600;  // as much as ten text messages in one

struct Said {
  seal::MessageId id;  // of what they sent: the same for each copy of it, see said_id
  std::string from;    // an address, as in Outgoing. Never logged
  std::string words;   // UTF-8, at most kMostSaidBytes
  base::Instant at;    // by this machine's clock
  // The message of ours that it answers, where a button or a quotation says so.
  std::optional<seal::MessageId> about{};
};

// `theirs` is the provider's own name of the message.
seal::MessageId said_id(std::string_view channel, std::string_view theirs);

}  // namespace tocsin::channel
