// Text messages or mails through GOV.UK Notify (tocsin-channel(5), SMS and EMAIL). Everybody on the
// way can read them, so they are nudges. An address is a mobile number, "+447700900123", or that of
// a mailbox. Notify drops no second copy: what is sent again after an outcome that was unknown may
// arrive twice. What people answer to a mail goes elsewhere.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/http.h"
#include "channel/notify_access.h"
#include "channel/notify_answer.h"
#include "channel/notify_inbox.h"
#include "channel/parts.h"
#include "channel/polling.h"
#include "channel/throttle.h"
#include "channel/verdict.h"

namespace tocsin::channel {
// Notify takes 3,000 in any minute: 50 + 60 × 48 leaves 70 for requests that overtake others.
inline constexpr base::Rate kNotifyRate{50, 48};
inline constexpr std::size_t kNotifyAtOnce = 50;

struct NotifySettings {
  std::string origin;       // as NotifyAccess has it
  std::string template_id;  // a UUID
  std::string link;         // the page's address, for nudges; may be empty
  NotifyMedium medium = NotifyMedium::text;
};

class NotifyChannel final : public Carrier<Class::provider_readable> {
 public:
  static constexpr std::string_view kName = "sms";
  // Faults when the key's file or the template's id cannot be used.
  static std::unique_ptr<NotifyChannel> make(const contact::Settings& settings, const Parts& parts);
  static std::unique_ptr<NotifyChannel> make(NotifyMedium medium, const contact::Settings& settings,
                                             const Parts& parts);

  NotifyChannel(NotifyKey key, NotifySettings settings, const base::Clock& clock, Listen listen);

  std::string_view name() const noexcept override {
    return settings_.medium == NotifyMedium::text ? kName : "email";
  }
  Room room() override { return throttle_.room(); }
  // What is over the allowance gets failed_for_now, with a time after which to try again.
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  Collected collect(base::Milliseconds patience) override { return polling_.collect(patience); }
  void acknowledge(std::uint64_t cursor) override { polling_.acknowledge(cursor); }

  // Why the provider's lists cannot be read at the moment; empty when they can.
  std::string trouble() const override { return polling_.trouble(); }

 private:
  HttpRequest request_of(const Outgoing<Content>& message) const;
  Verdict verdict_of(const Outgoing<Content>& message, const HttpAnswer& answer);

  NotifySettings settings_;
  const base::Clock& clock_;
  NotifyAccess access_;
  HttpClient http_;
  Throttle throttle_;
  NotifyInbox inbox_;
  Polling polling_;  // the last: its thread uses the others
};

}  // namespace tocsin::channel
