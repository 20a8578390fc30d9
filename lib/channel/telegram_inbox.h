// What people write to the bot and tap below its messages, by long polling (tocsin-channel(5),
// TELEGRAM). Telegram forgets an update as soon as a later one is asked for, so the next are asked
// for only when the last ones are kept: after a crash Telegram gives them again, under the same
// ids.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "channel/http.h"
#include "channel/polling.h"
#include "channel/setback.h"
#include "channel/telegram_access.h"
#include "channel/telegram_answer.h"

namespace tocsin::channel {

class TelegramInbox {
 public:
  // `access` and `clock` must outlive it. With a thread of its own, requests wait for updates.
  TelegramInbox(const TelegramAccess& access, const base::Clock& clock, Listen listen);
  // Tells Telegram what was kept, unless it is out of reach.
  ~TelegramInbox();
  TelegramInbox(const TelegramInbox&) = delete;
  TelegramInbox& operator=(const TelegramInbox&) = delete;

  // Somebody collects. It asks for nothing when nobody did lately, because of two programs that ask
  // for one bot's updates Telegram cuts one off. Returns true when it had ceased to ask.
  bool want();
  // Everything that was given is in the journal. Returns true when it may ask again for that.
  bool keep();
  // Asks for the next page.
  Polling::Asked ask();
  // As in HttpClient; may be called from any thread.
  void interrupt() noexcept { http_.interrupt(); }

 private:
  struct Due {
    std::optional<std::int64_t> kept;  // up to, and without
    std::vector<std::string> taps;
  };

  bool may_ask() const;
  HttpRequest updates_after(const Due& due, int most, base::Milliseconds wait) const;
  HttpAnswer say(const Due& due, HttpRequest updates);
  Collected take(std::vector<TelegramUpdate> page, const HttpAnswer& answer);

  const TelegramAccess& access_;
  const base::Clock& clock_;
  base::Milliseconds wait_;  // of a request for updates
  HttpClient http_;
  Setback setback_;
  std::string trouble_;

  mutable std::mutex mutex_;                  // of what follows
  std::optional<base::Milliseconds> wanted_;  // last, by the steady clock
  bool has_ceased_ = true;                    // to ask, until somebody collects
  Due given_;                                 // but not kept
  Due due_;                                   // kept, and not told to Telegram
};

}  // namespace tocsin::channel
