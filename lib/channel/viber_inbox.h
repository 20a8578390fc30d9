// What people write to the bot and tap, and what becomes of messages, posted by Viber to a hook of
// the relay (tocsin-channel(5), VIBER). After a restart the last day is read again, under the same
// ids.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "channel/hooked_inbox.h"
#include "channel/polling.h"
#include "channel/sent_names.h"
#include "channel/viber_answer.h"

namespace tocsin::channel {

class ViberInbox {
 public:
  // What was broadcast is kept in `file`. `clock` must outlive it.
  ViberInbox(std::filesystem::path file, const base::Clock& clock, HookedAt hook);

  // A person's button names `broadcast` for this message. Before it is sent. Both may be called
  // while another thread asks.
  void expect_taps(const seal::MessageId& broadcast, const SentNames::Sent& sent);
  // Viber calls a message of ours `token`, whose receipts then count. Returns what is known of it
  // already.
  Receipt expect_receipts(std::string_view token, const SentNames::Sent& sent);

  Polling::Asked ask() { return hook_.ask(); }
  // As in HttpClient; may be called from any thread.
  void interrupt() noexcept { hook_.interrupt(); }

 private:
  void take_post(const wire::Hooked& post, Collected& collected);
  void take_said(Said said, base::Instant posted, Collected& collected);
  void take_receipt(const ViberReceipt& receipt, Collected& collected);

  SentNames sent_;
  std::map<std::string, int> progress_;  // by the name of a message to one person
  HookedInbox hook_;
};

}  // namespace tocsin::channel
