#include "channel/email.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/fault.h"
#include "base/text.h"
#include "channel/dispatch.h"
#include "channel/mail/letter.h"
#include "channel/notify.h"
#include "contact/address.h"

namespace tocsin::channel {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t kMailsInATurn = 15;  // of mails in one turn
// Servers count in minutes: of a minute's mails a fifth may go at once.
constexpr double kShareAtOnce = 0.2;
constexpr base::Milliseconds kLoginIsRefused = minutes{5};  // lest the account is locked
constexpr base::Milliseconds kSenderIsRefused = minutes{1};
constexpr base::Milliseconds kOutOfReach = seconds{15};
constexpr int kLoginRequired = 530;  // RFC 4954
constexpr int kClosing = 421;        // RFC 5321: the server ends the connection
constexpr std::string_view kServerIsBusy = "the mail server takes no more at the moment";

base::Rate rate_of(int per_minute) {
  const double most = std::max(1.0, per_minute * kShareAtOnce);
  return {most, (per_minute - most) / 60.0};
}

std::string email_setting(const contact::Settings& settings, std::string_view key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string{} : found->second;
}

[[noreturn]] void refuse(std::string_view key, std::string_view hint) {
  throw base::Fault(base::Exit::invalid,
                    fmt::format("the {} of email in tocsin.yaml cannot be used", key),
                    std::string{hint});
}

std::string address_of(const contact::Settings& settings, std::string_view key) {
  const std::string text = email_setting(settings, key);
  if (text.empty()) return {};
  const auto read = contact::parse_address(contact::Form::email, text);
  const auto* address = std::get_if<contact::Address>(&read);
  if (address == nullptr) refuse(key, "it is an address such as call-ins@example.org");
  return address->text;
}

MailAddress server_of(const contact::Settings& settings, std::string_view key,
                      MailProtocol protocol, std::string_view hint) {
  const auto address = parse_mail_server(email_setting(settings, key), protocol);
  if (!address) refuse(key, hint);
  return *address;
}

std::shared_ptr<const MailLogin> login_of(const contact::Settings& settings,
                                          const std::filesystem::path& home) {
  const std::string user = email_setting(settings, "user");
  const std::string file = email_setting(settings, "password");
  if (user.empty() != file.empty())
    refuse(user.empty() ? "password" : "user", "name both user and password, or neither");
  if (user.empty()) return nullptr;
  return std::make_shared<const MailLogin>(MailLogin{user, seal::read_secret_file(home / file)});
}

int per_minute_of(const contact::Settings& settings) {
  constexpr int kMost = 60'000;
  const std::string text = email_setting(settings, "per_minute");
  if (text.empty()) return EmailSettings{}.per_minute;
  const auto count = base::parse_count(text, kMost);
  if (!count || *count == 0) refuse("per_minute", "it is a number of mails from 1 to 60000");
  return static_cast<int>(*count);
}

}  // namespace

base::Rate EmailChannel::limit(const contact::Settings& settings) {
  if (email_setting(settings, "provider") == "notify") return kNotifyRate;
  return rate_of(per_minute_of(settings));
}

std::unique_ptr<Channel> EmailChannel::make(const contact::Settings& settings, const Parts& parts) {
  if (email_setting(settings, "provider") == "notify")
    return NotifyChannel::make(NotifyMedium::email, settings, parts);
  MailServer server{server_of(settings, "server", MailProtocol::smtp,
                              "write smtps://mail.example.org, or smtp://mail.example.org:587"),
                    {},
                    login_of(settings, parts.home)};
  for (const std::string_view pin : base::split(email_setting(settings, "pins"), '\n'))
    if (!pin.empty()) server.pins.emplace_back(pin);
  std::optional<MailServer> inbox;
  if (!email_setting(settings, "inbox").empty()) {
    inbox = {server_of(settings, "inbox", MailProtocol::imap,
                       "write imaps://mail.example.org, or imap://mail.example.org:143"),
             server.pins, server.login};
    if (!server.login) refuse("inbox", "a mailbox needs user and password as well");
  }
  EmailSettings own{address_of(settings, "from"), email_setting(settings, "name"),
                    address_of(settings, "reply_to"), parts.relay.url, per_minute_of(settings)};
  if (own.from.empty()) refuse("from", "name the address that mails come from");
  return std::make_unique<EmailChannel>(std::move(server), std::move(inbox), std::move(own),
                                        parts.clock, parts.listen);
}

EmailChannel::EmailChannel(MailServer server, std::optional<MailServer> inbox,
                           EmailSettings settings, const base::Clock& clock, Listen listen)
    : settings_(std::move(settings)),
      clock_(clock),
      smtp_(std::move(server)),
      throttle_(rate_of(settings_.per_minute), kMailsInATurn, clock) {
  if (!inbox) return;
  inbox_.emplace(*std::move(inbox), std::string{domain_of(settings_.from)}, clock);
  polling_ = std::make_unique<Polling>([this] { return inbox_->ask(); },
                                       [this] { inbox_->interrupt(); }, clock, listen);
}

Collected EmailChannel::collect(base::Milliseconds patience) {
  return polling_ ? polling_->collect(patience) : Collected{};
}

void EmailChannel::acknowledge(std::uint64_t cursor) {
  if (polling_) polling_->acknowledge(cursor);
}

std::vector<Delivery> EmailChannel::send(std::span<const Outgoing<Content>> batch) {
  std::vector<Delivery> deliveries(batch.size());
  std::vector<Outgoing<Content>> sound;
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (!is_address(batch[i].address)) {
      deliveries[i] = {batch[i].id, Receipt::failed_for_good, "not an email address", {}};
      continue;
    }
    sound.push_back(batch[i]);
    positions.push_back(i);
  }
  const Dispatch<Content, SmtpClient> dispatch{
      smtp_,
      throttle_,
      clock_,
      kServerIsBusy,
      spent_,
      [this](const auto& message) { return mail_of(message); },
      [this](const auto&, const SmtpAnswer& answer) { return verdict_of(answer); },
      Receipt::failed_for_now};
  std::vector<Delivery> sent = dispatch.send(sound);
  for (std::size_t i = 0; i < sent.size(); ++i) deliveries[positions[i]] = std::move(sent[i]);
  return deliveries;
}

SmtpMail EmailChannel::mail_of(const Outgoing<Content>& message) const {
  const std::string text = message.content.text(settings_.link);
  return {settings_.from, message.address,
          write(Letter{message.id, settings_.from, settings_.name, settings_.reply_to,
                       message.address, subject_of(text, settings_.link), text, clock_.now(),
                       message.urgency == Urgency::high})};
}

// What ails the channel, and not one mail, is not tried for every mail: people wait for it.
Verdict EmailChannel::ails_all(std::string_view reason, base::Milliseconds pause) {
  spent_ = reason;
  throttle_.was_spent(pause);
  return {Receipt::failed_for_now, std::string{reason}};
}

Verdict EmailChannel::verdict_of(const SmtpAnswer& answer) {
  if (inbox_) inbox_->expect();
  switch (answer.failure) {
    case SmtpFailure::none:
      return {Receipt::sent};
    case SmtpFailure::not_sent:
      return ails_all("the mail server is out of reach", kOutOfReach);
    case SmtpFailure::not_trusted:
      return ails_all("the mail server's certificate is not trusted, or it has no TLS",
                      kOutOfReach);
    case SmtpFailure::login_refused:
      return ails_all("the mail server refuses the user or the password", kLoginIsRefused);
    case SmtpFailure::unknown:
      return {Receipt::unknown, "the mail server did not answer"};
    case SmtpFailure::interrupted:
      return {Receipt::unknown, "interrupted"};
    case SmtpFailure::refused:
      break;
  }
  return refusal(answer);
}

// By RFC 5321, 4.2.1: 4xx for now, 5xx for good.
Verdict EmailChannel::refusal(const SmtpAnswer& answer) {
  const bool is_for_good = answer.status >= 500;
  if (answer.status == kLoginRequired)
    return ails_all("the mail server wants a user and a password", kLoginIsRefused);
  switch (answer.stage) {
    case SmtpStage::greeting:
    case SmtpStage::login:
      if (is_for_good) return ails_all("the mail server refuses this machine", kSenderIsRefused);
      return {Receipt::failed_for_now, std::string{kServerIsBusy}, true};
    case SmtpStage::sender:
      if (is_for_good)
        return ails_all("the mail server takes no mail from the sender's address",
                        kSenderIsRefused);
      return {Receipt::failed_for_now, std::string{kServerIsBusy}, true};
    case SmtpStage::recipient:
    case SmtpStage::text:
      break;
  }
  if (answer.status == kClosing) return {Receipt::failed_for_now, std::string{kServerIsBusy}, true};
  const std::string_view what = answer.stage == SmtpStage::recipient ? "address" : "mail";
  return is_for_good
             ? Verdict{Receipt::failed_for_good,
                       fmt::format("the mail server refuses the {} ({})", what, answer.status)}
             : Verdict{Receipt::failed_for_now,
                       fmt::format("the mail server does not take the {} now ({})", what,
                                   answer.status)};
}

}  // namespace tocsin::channel
