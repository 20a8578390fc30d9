// What signal-cli's daemon answers and tells (tocsin-channel(5), SIGNAL). Strangers write the texts
// in it, so every byte is hostile until it is decoded here. Signal names a message by the time, in
// milliseconds, at which it was sent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "channel/channel.h"

namespace tocsin::channel {

using SignalTime = std::int64_t;

enum class SignalOutcome : std::uint8_t {
  unclear,  // it makes no sense
  sent,
  failed_for_now,
  unregistered,  // no Signal at this number
  untrusted,     // another safety number than before
  limited,       // too many
  refused,
};
struct SignalSent {
  SignalOutcome outcome = SignalOutcome::unclear;
  SignalTime time = 0;  // of what was sent, or 0
  base::Milliseconds retry_after{0};
};
// The answer to sending one message to one person.
SignalSent parse_signal_sent(base::ByteView body);

// What somebody did. At most one of words, option and receipts is there.
struct SignalEvent {
  std::string from;                     // a number in E.164
  std::string theirs;                   // a name for it that nothing else has
  base::Instant at;                     // by the clock of Signal's server
  SignalTime about = 0;                 // the message of ours that it quotes, or the poll; 0: none
  std::string words{};                  // at most kMostSaidBytes
  std::optional<std::size_t> option{};  // of a poll
  std::vector<SignalTime> receipts{};
  Receipt receipt = Receipt::delivered;  // of all those
};
// Nullopt for what is none of these, or of a group.
std::optional<SignalEvent> parse_signal_event(std::string_view data);

}  // namespace tocsin::channel
