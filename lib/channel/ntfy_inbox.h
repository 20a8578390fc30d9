// What people tap below messages by ntfy, read from the topic for replies (tocsin-channel(5),
// NTFY). It remembers in memory how far it has read, and after a restart reads again what the
// server still keeps, under the same ids.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "channel/http.h"
#include "channel/ntfy_answer.h"
#include "channel/polling.h"
#include "channel/setback.h"
#include "seal/secret_file.h"

namespace tocsin::channel {

struct NtfyReading {
  std::string origin;                 // of the server, without a slash at the end
  std::string replies;                // the topic; empty: no answers come by this channel
  base::Milliseconds between{5'000};  // two requests at least
};

class NtfyInbox {
 public:
  // `token` and `clock` must outlive it.
  NtfyInbox(NtfyReading reading, const seal::SecretText& token, const base::Clock& clock);

  // Messages were sent that ask for an answer. May be called while another thread asks.
  void expect();
  // Asks for what is new, first whether strangers could read it.
  Polling::Asked ask();
  // As in HttpClient; may be called from any thread.
  void interrupt() noexcept { http_.interrupt(); }

 private:
  HttpRequest request(std::string_view since) const;
  Polling::Asked look_at_door();
  Polling::Asked put_off(const HttpAnswer& answer);
  base::Milliseconds pause() const;

  NtfyReading reading_;
  const seal::SecretText& token_;
  const base::Clock& clock_;
  HttpClient http_;
  Setback setback_;
  bool is_closed_ = false;  // to strangers, as far as was seen
  std::string since_;       // the id of the newest message that was read, or how far back

  mutable std::mutex mutex_;     // of what follows
  base::Milliseconds expected_;  // last, by the steady clock
};

}  // namespace tocsin::channel
