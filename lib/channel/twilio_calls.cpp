#include "channel/twilio_calls.h"

#include "channel/twilio_answer.h"

namespace tocsin::channel {

namespace {

constexpr std::string_view kTwilioCallsBusy = "Twilio takes no more calls at the moment";

Verdict twilio_call_refusal(int status, int error) {
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
  if (status == 429) return {Receipt::failed_for_now, std::string{kTwilioCallsBusy}, true};
  if (status == 401 || status == 403)
    return {Receipt::failed_for_now, "Twilio refuses the account or its auth token"};
  if (status == 408 || status >= 500) return {Receipt::failed_for_now, "Twilio is in trouble"};
  return {Receipt::failed_for_good, "Twilio refuses the request"};
}

}  // namespace

std::string_view TwilioCalls::busy() const noexcept { return kTwilioCallsBusy; }

HttpRequest TwilioCalls::request_of(const Ring& ring) const {
  return access_.post("Calls.json", {{"To", ring.to},
                                     {"From", ring.from},
                                     {"Twiml", wire::write_turn(dialect(), ring.turn)},
                                     {"Timeout", std::to_string(kRingSeconds)},
                                     {"MachineDetection", "Enable"},
                                     {"StatusCallback", ring.news_to}});
}

Verdict TwilioCalls::verdict_of(const HttpAnswer& answer) const {
  if (auto verdict = verdict_without_answer(answer, "Twilio")) return *std::move(verdict);
  if (answer.status >= 300) return twilio_call_refusal(answer.status, twilio_error(answer.body));
  if (answer.status == 201 && is_twilio_sid(twilio_made(answer.body), "CA"))
    return {Receipt::sent, ""};
  // Nobody knows what a gateway in between has done.
  return {Receipt::unknown, "Twilio's answer makes no sense"};
}

}  // namespace tocsin::channel
