// What became of calls, and which keys people pressed, from a hook of the relay (tocsin-channel(5),
// VOICE). A call counts as heard when a key was pressed: no machine does that.
#pragma once

#include <set>
#include <string_view>

#include "base/clock.h"
#include "channel/hooked_inbox.h"
#include "channel/polling.h"
#include "seal/envelope.h"

namespace tocsin::channel {

class VoiceInbox {
 public:
  VoiceInbox(HookedAt hook, const base::Clock& clock);

  Polling::Asked ask() { return inbox_.ask(); }
  // As in HttpClient; may be called from any thread.
  void interrupt() noexcept { inbox_.interrupt(); }

  // Adds what one post says. In the order in which they came.
  void take(const wire::Hooked& post, Collected& collected);

 private:
  std::set<seal::MessageId> heard_;  // calls in which a key was pressed
  HookedInbox inbox_;
};

// Why nobody pressed a key, by the words of Twilio; empty while a call goes on.
std::string_view why_unheard(std::string_view call_status, std::string_view answered_by) noexcept;

}  // namespace tocsin::channel
