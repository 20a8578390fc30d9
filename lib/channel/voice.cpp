#include "channel/voice.h"

#include <fmt/format.h>

#include <utility>

#include "base/fault.h"
#include "channel/dispatch.h"
#include "channel/twilio_answer.h"
#include "contact/telephone.h"
#include "wire/call_script.h"

namespace tocsin::channel {

namespace {

constexpr std::string_view kTwilioCalls = "Twilio";
constexpr std::string_view kCallsBusy = "Twilio takes no more calls at the moment";
// A mailbox of a network takes over later.
constexpr std::string_view kRingSeconds = "25";

Verdict call_refusal(int status, int error) {
  switch (error) {
    case 21211:
    case 21214:
    case 21217:
      return {Receipt::failed_for_good, "Twilio does not take the number"};
    case 21215:
    case 21216:
    case 13227:
      return {Receipt::failed_for_good, "Twilio rings nobody in that country for this account"};
    case 21210:
    case 21212:
    case 21213:
      return {Receipt::failed_for_good, "Twilio does not take the caller in tocsin.yaml"};
    default:
      break;
  }
  if (status == 429) return {Receipt::failed_for_now, std::string{kCallsBusy}, true};
  if (status == 401 || status == 403)
    return {Receipt::failed_for_now, "Twilio refuses the account or its auth token"};
  if (status == 408 || status >= 500) return {Receipt::failed_for_now, "Twilio is in trouble"};
  return {Receipt::failed_for_good, "Twilio refuses the request"};
}

Verdict call_verdict_of(const HttpAnswer& answer) {
  if (auto verdict = verdict_without_answer(answer, kTwilioCalls)) return *std::move(verdict);
  if (answer.status >= 300) return call_refusal(answer.status, twilio_error(answer.body));
  if (answer.status == 201 && is_twilio_sid(twilio_made(answer.body), "CA"))
    return {Receipt::sent, ""};
  // Nobody knows what a gateway in between has done.
  return {Receipt::unknown, "Twilio's answer makes no sense"};
}

std::string telephone_of(const contact::Settings& settings, std::string_view key) {
  const std::string text = twilio_setting(settings, key);
  const auto read = contact::parse_telephone(text);
  if (const auto* number = std::get_if<contact::Telephone>(&read)) return number->e164;
  throw base::Fault(base::Exit::invalid,
                    fmt::format("\"{}\" of voice in tocsin.yaml is no telephone number", key),
                    "write it as +442079460000");
}

}  // namespace

std::unique_ptr<VoiceChannel> VoiceChannel::make(const contact::Settings& settings,
                                                 const Parts& parts) {
  VoiceSettings own{telephone_of(settings, "from"), {}};
  if (!twilio_setting(settings, "switchboard").empty())
    own.switchboard = telephone_of(settings, "switchboard");
  TwilioAccess access = TwilioAccess::make(settings, parts.home);
  return std::make_unique<VoiceChannel>(std::move(access), std::move(own),
                                        hooked_at(twilio_setting(settings, "hook"), parts),
                                        parts.clock, parts.listen);
}

VoiceChannel::VoiceChannel(TwilioAccess access, VoiceSettings settings, HookedAt hook,
                           const base::Clock& clock, Listen listen)
    : access_(std::move(access)),
      settings_(std::move(settings)),
      hook_(hook.address),
      clock_(clock),
      http_(HttpSettings{}),
      throttle_(kCallRate, kCallsAtOnce, clock),
      inbox_(std::move(hook), clock),
      polling_([this] { return inbox_.ask(); }, [this] { inbox_.interrupt(); }, clock, listen) {}

std::vector<Delivery> VoiceChannel::send(std::span<const Outgoing<Content>> batch) {
  return Dispatch<Content>{
      http_,
      throttle_,
      clock_,
      kCallsBusy,
      {},
      [this](const auto& message) { return request_of(message); },
      [](const auto&, const HttpAnswer& answer) { return call_verdict_of(answer); }}
      .send(batch);
}

HttpRequest VoiceChannel::request_of(const Outgoing<Content>& message) const {
  // The address of a page is nothing to say.
  const std::string words = message.content.spoken();
  return access_.post(
      "Calls.json",
      {{"To", message.address},
       {"From", settings_.from},
       {"Twiml",
        wire::first_words({hook_, message.id, message.asks, settings_.switchboard}, words)},
       {"Timeout", std::string{kRingSeconds}},
       {"MachineDetection", "Enable"},
       {"StatusCallback", fmt::format("{}?m={}", hook_, seal::to_text(message.id))}});
}

}  // namespace tocsin::channel
