// What a provider posted to a hook of the relay (tocsin-relay(5), HOOKS), read from the hook's
// mailbox. It remembers in memory what it has read, and after a restart reads the last day again;
// it deletes nothing there, because the driver of another incident reads it as well.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "channel/mailbox.h"
#include "channel/parts.h"
#include "channel/polling.h"
#include "channel/setback.h"
#include "wire/hooked.h"

namespace tocsin::channel {

// Where posts to a hook are read.
struct HookedAt {
  RelayAddress relay;
  seal::Identity key;
  std::string hook;     // its name
  std::string address;  // the whole: "https://relay.example/hook/sms"
};
// From the hook's address in a channel's settings. Faults when it is none, and as Parts::hook_key.
HookedAt hooked_at(std::string_view address, const Parts& parts);

class HookedInbox {
 public:
  // Adds what a post says to what was collected. The post is from the provider; its bytes are
  // hostile all the same, because people write into them.
  using Take = std::function<void(const wire::Hooked& post, Collected& collected)>;

  // Faults when the relay's address is none. `clock` must outlive it.
  HookedInbox(HookedAt at, const base::Clock& clock, Take take);

  // Reads at most a page when that is due. `pause` says when the next is.
  Polling::Asked ask();
  // How far the relay's clock is ahead of this machine's, for times in the post that is taken.
  base::Milliseconds ahead() const noexcept { return ahead_; }
  // As in HttpClient; may be called from any thread.
  void interrupt() noexcept { mailbox_.interrupt(); }

 private:
  HookedAt at_;
  const base::Clock& clock_;
  Take take_;
  Mailbox mailbox_;
  std::uint64_t read_ = 0;  // up to this cursor
  base::Milliseconds ahead_{0};
  Setback setback_;
  base::Milliseconds due_;  // by the steady clock
  std::string trouble_;
};

}  // namespace tocsin::channel
