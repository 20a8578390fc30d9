// Messages by a bot at Telegram (tocsin-channel(5), TELEGRAM). Telegram can read them, so they are
// nudges. An address is the number of a person's chat with the bot, "123456789". Telegram drops no
// second copy: what is sent again after an outcome that was unknown may arrive twice.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/http.h"
#include "channel/parts.h"
#include "channel/polling.h"
#include "channel/telegram_access.h"
#include "channel/telegram_inbox.h"
#include "channel/throttle.h"
#include "channel/verdict.h"
#include "seal/secret_file.h"

namespace tocsin::channel {
// "About 30 a second", without a word of the window: 8 + 28 × 4 are 30 × 4.
inline constexpr base::Rate kTelegramRate{8, 28};
inline constexpr std::size_t kTelegramAtOnce = 8;

struct TelegramSettings {
  std::string origin;  // as TelegramAccess has it
  std::string link;    // the page's address, for nudges; may be empty
};

class TelegramChannel final : public Carrier<Class::provider_readable> {
 public:
  static constexpr std::string_view kName = "telegram";
  // Faults when the token's file cannot be used.
  static std::unique_ptr<TelegramChannel> make(const contact::Settings& settings,
                                               const Parts& parts);
  // How fast it sends, at most.
  static base::Rate limit(const contact::Settings&) { return kTelegramRate; }

  TelegramChannel(seal::SecretText token, TelegramSettings settings, const base::Clock& clock,
                  Listen listen);

  std::string_view name() const noexcept override { return kName; }
  Room room() override { return throttle_.room(); }
  // What is over the allowance gets failed_for_now, with a time after which to try again.
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  Collected collect(base::Milliseconds patience) override;
  void acknowledge(std::uint64_t cursor) override;

  // Why answers cannot be read at the moment; empty when they can.
  std::string trouble() const override { return polling_.trouble(); }

 private:
  HttpRequest request_of(const Outgoing<Content>& message) const;

  TelegramSettings settings_;
  const base::Clock& clock_;
  TelegramAccess access_;
  HttpClient http_;
  Throttle throttle_;
  TelegramInbox inbox_;
  Polling polling_;  // the last: its thread uses the others
};

}  // namespace tocsin::channel
