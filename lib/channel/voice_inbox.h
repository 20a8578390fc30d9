// What became of calls, and which keys people pressed, from a hook of the relay (tocsin-channel(5),
// VOICE). A call counts as heard when a key was pressed: no machine does that.
#pragma once

#include <set>
#include <string_view>

#include "base/clock.h"
#include "channel/hooked_inbox.h"
#include "channel/polling.h"
#include "seal/envelope.h"
#include "wire/call_dialect.h"

namespace tocsin::channel {

class VoiceInbox {
 public:
  VoiceInbox(wire::CallDialect dialect, HookedAt hook, const base::Clock& clock);

  Polling::Asked ask() { return inbox_.ask(); }
  // As in HttpClient; may be called from any thread.
  void interrupt() noexcept { inbox_.interrupt(); }

  // Adds what one post says. In the order in which they came.
  void take(const wire::Hooked& post, Collected& collected);

 private:
  void take_news(const seal::MessageId& message, const wire::CallNews& news, Collected& collected);

  wire::CallDialect dialect_;
  std::set<seal::MessageId> heard_;     // calls in which a key was pressed
  std::set<seal::MessageId> machines_;  // that a machine has answered
  std::set<seal::MessageId> ended_;     // without a key
  HookedInbox inbox_;
};

}  // namespace tocsin::channel
