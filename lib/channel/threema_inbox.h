// What people write to the Gateway ID, and what becomes of messages, posted by Threema to a hook of
// the relay (tocsin-channel(5), THREEMA). After a restart the last day is read again, under the
// same ids.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "channel/hooked_inbox.h"
#include "channel/http.h"
#include "channel/polling.h"
#include "channel/sent_names.h"
#include "channel/threema_access.h"
#include "channel/threema_answer.h"
#include "channel/threema_keys.h"

namespace tocsin::channel {

class ThreemaInbox {
 public:
  // Without a hook nothing is heard. The references must outlive it.
  ThreemaInbox(const ThreemaAccess& access, ThreemaKeys& keys, SentNames& sent,
               const base::Clock& clock, std::optional<HookedAt> hook);

  Polling::Asked ask();
  // As in HttpClient; may be called from any thread.
  void interrupt() noexcept;

 private:
  void take_post(const wire::Hooked& post);
  // False when the sender's key cannot be asked for now.
  bool open(const ThreemaPost& post, Collected& collected);
  void take_content(const ThreemaPost& post, base::ByteView content, Collected& collected);

  const ThreemaAccess& access_;
  ThreemaKeys& keys_;
  SentNames& sent_;
  const base::Clock& clock_;
  HttpClient http_;
  std::unique_ptr<HookedInbox> hook_;
  std::vector<ThreemaPost> closed_;  // to be opened
};

}  // namespace tocsin::channel
