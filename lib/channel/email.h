// Mails through a mail server of the organisation's own (tocsin-channel(5), EMAIL). Servers on the
// way can read them, so they are nudges. An address is "ana@example.org". A mail that is sent again
// after an outcome that was unknown has the same Message-ID, by which many mailboxes drop the
// second.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/email_inbox.h"
#include "channel/mail_server.h"
#include "channel/parts.h"
#include "channel/polling.h"
#include "channel/smtp.h"
#include "channel/throttle.h"
#include "channel/verdict.h"

namespace tocsin::channel {

struct EmailSettings {
  std::string from;      // addresses, as contact::parse_address has them
  std::string name;      // of the sender; may be empty
  std::string reply_to;  // empty: from
  std::string link;      // the page's address, for nudges; may be empty
  int per_minute = 300;  // mails, at most
};

class EmailChannel final : public Carrier<Class::provider_readable> {
 public:
  static constexpr std::string_view kName = "email";
  // By the provider that the settings name. Faults when the password's file, a server or an address
  // cannot be used.
  static std::unique_ptr<Channel> make(const contact::Settings& settings, const Parts& parts);
  // How fast it sends, at most. Faults when the settings say no sound number.
  static base::Rate limit(const contact::Settings& settings);

  // Without an inbox nobody can answer, and no bounce is heard of.
  EmailChannel(MailServer server, std::optional<MailServer> inbox, EmailSettings settings,
               const base::Clock& clock, Listen listen);

  std::string_view name() const noexcept override { return kName; }
  Room room() override { return throttle_.room(); }
  // What is over the allowance gets failed_for_now, with a time after which to try again.
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  Collected collect(base::Milliseconds patience) override;
  void acknowledge(std::uint64_t cursor) override;

  // Why the inbox cannot be read at the moment; empty when it can.
  std::string trouble() const override { return polling_ ? polling_->trouble() : std::string{}; }

 private:
  SmtpMail mail_of(const Outgoing<Content>& message) const;
  Verdict verdict_of(const SmtpAnswer& answer);
  Verdict refusal(const SmtpAnswer& answer);
  Verdict ails_all(std::string_view reason, base::Milliseconds pause);

  EmailSettings settings_;
  const base::Clock& clock_;
  SmtpClient smtp_;
  Throttle throttle_;
  std::string_view spent_;  // why nothing goes while the throttle is spent
  std::optional<EmailInbox> inbox_;
  std::unique_ptr<Polling> polling_;  // the last: its thread uses the inbox
};

}  // namespace tocsin::channel
