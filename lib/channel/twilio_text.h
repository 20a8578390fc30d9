// Text messages through Twilio (tocsin-channel(5), SMS). Everybody on the way can read them, so
// they are nudges. An address is a mobile number, "+447700900123". Twilio drops no second copy:
// what is sent again after an outcome that was unknown may arrive twice.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/hooked_inbox.h"
#include "channel/http.h"
#include "channel/parts.h"
#include "channel/polling.h"
#include "channel/throttle.h"
#include "channel/twilio_access.h"
#include "channel/twilio_inbox.h"
#include "channel/verdict.h"

namespace tocsin::channel {

struct TwilioTextSettings {
  std::string from;  // a number, a name, or a messaging service's sid
  std::string link;  // the page's address, for nudges; may be empty
};

class TwilioTextChannel final : public Carrier<Class::provider_readable> {
 public:
  static constexpr std::string_view kName = "sms";
  // Faults when the account, its token or the sender cannot be used.
  static std::unique_ptr<TwilioTextChannel> make(const contact::Settings& settings,
                                                 const Parts& parts);
  // How fast it sends, at most.
  static base::Rate limit(const contact::Settings& settings);

  TwilioTextChannel(TwilioAccess access, TwilioTextSettings settings, const base::Clock& clock,
                    Listen listen, std::optional<HookedAt> hook = std::nullopt);

  std::string_view name() const noexcept override { return kName; }
  Room room() override { return throttle_.room(); }
  // What is over the allowance gets failed_for_now, with a time after which to try again.
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  Collected collect(base::Milliseconds patience) override { return polling_.collect(patience); }
  void acknowledge(std::uint64_t cursor) override { polling_.acknowledge(cursor); }

  // Why the provider's list or the hook cannot be read at the moment; empty when they can.
  std::string trouble() const override { return polling_.trouble(); }

 private:
  HttpRequest request_of(const Outgoing<Content>& message) const;
  Verdict verdict_of(const Outgoing<Content>& message, const HttpAnswer& answer);

  TwilioAccess access_;
  TwilioTextSettings settings_;
  std::string hook_;  // its whole address; empty: there is none
  const base::Clock& clock_;
  HttpClient http_;
  Throttle throttle_;
  TwilioInbox inbox_;
  Polling polling_;  // the last: its thread uses the others
};

}  // namespace tocsin::channel
