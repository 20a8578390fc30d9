#include "channel/voice.h"

#include <fmt/format.h>

#include <utility>

#include "base/fault.h"
#include "channel/dispatch.h"
#include "channel/twilio_calls.h"
#include "channel/vonage_calls.h"
#include "contact/telephone.h"
#include "wire/call_script.h"

namespace tocsin::channel {

namespace {

std::string voice_setting(const contact::Settings& settings, std::string_view key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string{} : found->second;
}

std::string telephone_of(const contact::Settings& settings, std::string_view key) {
  const std::string text = voice_setting(settings, key);
  const auto read = contact::parse_telephone(text);
  if (const auto* number = std::get_if<contact::Telephone>(&read)) return number->e164;
  throw base::Fault(base::Exit::invalid,
                    fmt::format("\"{}\" of voice in tocsin.yaml is no telephone number", key),
                    "write it as +442079460000");
}

std::unique_ptr<CallProvider> call_provider(const contact::Settings& settings, const Parts& parts) {
  if (voice_setting(settings, "provider") == "vonage")
    return std::make_unique<VonageCalls>(VonageCalls::make(settings, parts.home, parts.clock));
  return std::make_unique<TwilioCalls>(TwilioAccess::make(settings, parts.home));
}

}  // namespace

base::Rate VoiceChannel::limit(const contact::Settings& settings) {
  return (voice_setting(settings, "provider") == "vonage" ? kVonageCalls : kTwilioCalls).rate;
}

std::unique_ptr<VoiceChannel> VoiceChannel::make(const contact::Settings& settings,
                                                 const Parts& parts) {
  VoiceSettings own{telephone_of(settings, "from"), {}};
  if (!voice_setting(settings, "switchboard").empty())
    own.switchboard = telephone_of(settings, "switchboard");
  auto provider = call_provider(settings, parts);
  return std::make_unique<VoiceChannel>(std::move(provider), std::move(own),
                                        hooked_at(voice_setting(settings, "hook"), parts),
                                        parts.clock, parts.listen);
}

VoiceChannel::VoiceChannel(std::unique_ptr<CallProvider> provider, VoiceSettings settings,
                           HookedAt hook, const base::Clock& clock, Listen listen)
    : provider_(std::move(provider)),
      settings_(std::move(settings)),
      hook_(hook.address),
      clock_(clock),
      http_(HttpSettings{}),
      throttle_(provider_->limit().rate, provider_->limit().at_once, clock,
                provider_->limit().bursts),
      inbox_(provider_->dialect(), std::move(hook), clock),
      polling_([this] { return inbox_.ask(); }, [this] { inbox_.interrupt(); }, clock, listen) {}

std::vector<Delivery> VoiceChannel::send(std::span<const Outgoing<Content>> batch) {
  return Dispatch<Content>{
      http_,
      throttle_,
      clock_,
      provider_->busy(),
      {},
      [this](const auto& message) { return request_of(message); },
      [this](const auto&, const HttpAnswer& answer) { return provider_->verdict_of(answer); }}
      .send(batch);
}

HttpRequest VoiceChannel::request_of(const Outgoing<Content>& message) const {
  // The address of a page is nothing to say.
  const std::string words = message.content.spoken();
  return provider_->request_of(
      {message.address, settings_.from,
       wire::first_turn({hook_, message.id, message.asks, settings_.switchboard}, words),
       fmt::format("{}?m={}", hook_, seal::to_text(message.id))});
}

}  // namespace tocsin::channel
