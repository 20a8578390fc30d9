// What people write to the number and tap, and what becomes of messages, posted by WhatsApp to a
// hook of the relay (tocsin-channel(5), WHATSAPP). After a restart the last day is read again,
// under the same ids.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/clock.h"
#include "channel/hooked_inbox.h"
#include "channel/polling.h"
#include "channel/sent_names.h"
#include "channel/whatsapp_answer.h"

namespace tocsin::channel {

class WhatsAppInbox {
 public:
  // `number` is WhatsApp's id of ours. Names of messages are kept in `file`. `clock` must outlive
  // it.
  WhatsAppInbox(std::string number, std::filesystem::path file, const base::Clock& clock,
                HookedAt hook);

  // WhatsApp calls a message of ours `name`. May be called while another thread asks.
  void expect(std::string_view name, SentNames::Sent sent);

  Polling::Asked ask() { return hook_.ask(); }
  // As in HttpClient; may be called from any thread.
  void interrupt() noexcept { hook_.interrupt(); }

 private:
  void take_post(const wire::Hooked& post, Collected& collected);
  void take_said(WhatsAppSaid heard, base::Instant posted, Collected& collected);
  void take_status(WhatsAppStatus status, Collected& collected);

  std::string number_;
  SentNames sent_;
  std::map<std::string, int> progress_;  // by WhatsApp's name of a message
  HookedInbox hook_;
};

}  // namespace tocsin::channel
