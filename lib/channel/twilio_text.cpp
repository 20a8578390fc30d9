#include "channel/twilio_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/fault.h"
#include "channel/dispatch.h"
#include "channel/twilio_answer.h"
#include "contact/telephone.h"

namespace tocsin::channel {

namespace {

constexpr std::string_view kTwilio = "Twilio";
constexpr std::string_view kTwilioBusy = "Twilio takes no more at the moment";
// What one sender of a usual account may send. Twilio queues what is over that, and then nobody
// knows when it goes.
constexpr base::Rate kTwilioRate{10, 10};
constexpr std::size_t kTwilioAtOnce = 10;
// Twilio keeps no text longer than that.
constexpr std::chrono::seconds kLongestValidity{36'000};

Verdict twilio_text_refusal(int status, int error) {
  switch (error) {
    case 21610:
      return {Receipt::failed_for_good, "the person has sent STOP to this sender"};
    case 21611:
      return {Receipt::failed_for_now, "the sender's queue at Twilio is full", true};
    case 21211:
    case 21614:
      return {Receipt::failed_for_good, "Twilio does not take the number"};
    case 21408:
    case 21612:
      return {Receipt::failed_for_good, "Twilio sends nothing to that country from this sender"};
    case 21603:
    case 21606:
    case 21701:
    case 21703:
      return {Receipt::failed_for_good, "Twilio does not take the sender in tocsin.yaml"};
    default:
      break;
  }
  if (status == 429) return {Receipt::failed_for_now, std::string{kTwilioBusy}, true};
  if (status == 401 || status == 403)
    return {Receipt::failed_for_now, "Twilio refuses the account or its auth token"};
  if (status == 408 || status >= 500) return {Receipt::failed_for_now, "Twilio is in trouble"};
  return {Receipt::failed_for_good, "Twilio refuses the request"};
}

bool is_sender(std::string_view text) {
  if (is_twilio_sid(text, "MG")) return true;
  if (text.starts_with('+'))
    return std::holds_alternative<contact::Telephone>(contact::parse_telephone(std::string{text}));
  // A name, of letters and digits and with a letter, or a short code.
  return !text.empty() && text.size() <= 11 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ';
  });
}

}  // namespace

base::Rate TwilioTextChannel::limit(const contact::Settings&) { return kTwilioRate; }

std::unique_ptr<TwilioTextChannel> TwilioTextChannel::make(const contact::Settings& settings,
                                                           const Parts& parts) {
  TwilioTextSettings own{twilio_setting(settings, "from"), parts.relay.url};
  if (!is_sender(own.from))
    throw base::Fault(base::Exit::invalid, "the sender of sms in tocsin.yaml is none of Twilio",
                      "write from: +447700900123, or the sid of a messaging service, MG…");
  std::optional<HookedAt> hook;
  if (const std::string address = twilio_setting(settings, "hook"); !address.empty())
    hook = hooked_at(address, parts);
  return std::make_unique<TwilioTextChannel>(TwilioAccess::make(settings, parts.home),
                                             std::move(own), parts.clock, parts.listen,
                                             std::move(hook));
}

TwilioTextChannel::TwilioTextChannel(TwilioAccess access, TwilioTextSettings settings,
                                     const base::Clock& clock, Listen listen,
                                     std::optional<HookedAt> hook)
    : access_(std::move(access)),
      settings_(std::move(settings)),
      hook_(hook ? hook->address : std::string{}),
      clock_(clock),
      http_(HttpSettings{}),
      throttle_(kTwilioRate, kTwilioAtOnce, clock),
      inbox_(access_, clock, std::move(hook)),
      polling_([this] { return inbox_.ask(); }, [this] { inbox_.interrupt(); }, clock, listen) {}

std::vector<Delivery> TwilioTextChannel::send(std::span<const Outgoing<Content>> batch) {
  return Dispatch<Content>{
      http_,
      throttle_,
      clock_,
      kTwilioBusy,
      {},
      [this](const auto& message) { return request_of(message); },
      [this](const auto& message, const HttpAnswer& answer) { return verdict_of(message, answer); }}
      .send(batch);
}

HttpRequest TwilioTextChannel::request_of(const Outgoing<Content>& message) const {
  const bool is_service = is_twilio_sid(settings_.from, "MG");
  const auto left = std::chrono::ceil<std::chrono::seconds>(message.expires - clock_.now());
  base::Fields form{
      {"To", message.address},
      {is_service ? "MessagingServiceSid" : "From", settings_.from},
      {"Body", message.content.text(settings_.link)},
      {"ValidityPeriod",
       std::to_string(std::clamp(left, std::chrono::seconds{1}, kLongestValidity).count())}};
  if (!hook_.empty())
    form.push_back({"StatusCallback", fmt::format("{}?m={}", hook_, seal::to_text(message.id))});
  return access_.post("Messages.json", form);
}

Verdict TwilioTextChannel::verdict_of(const Outgoing<Content>& message, const HttpAnswer& answer) {
  std::string body = message.content.text(settings_.link);
  if (auto verdict = verdict_without_answer(answer, kTwilio)) {
    if (verdict->receipt == Receipt::unknown)
      inbox_.expect(message.id, {}, message.address, std::move(body));
    return *std::move(verdict);
  }
  if (answer.status >= 300) return twilio_text_refusal(answer.status, twilio_error(answer.body));
  std::string sid = twilio_made(answer.body);
  const bool is_made = answer.status == 201 && is_twilio_message(sid);
  inbox_.expect(message.id, is_made ? std::move(sid) : std::string{}, message.address,
                std::move(body));
  if (is_made) return {Receipt::sent, ""};
  // Nobody knows what a gateway in between has done.
  return {Receipt::unknown, "Twilio's answer makes no sense"};
}

}  // namespace tocsin::channel
