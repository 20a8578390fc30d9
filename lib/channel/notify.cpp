#include "channel/notify.h"

#include <fmt/format.h>

#include <utility>

#include "base/fault.h"
#include "channel/dispatch.h"
#include "channel/json_answer.h"
#include "channel/mail/letter.h"
#include "seal/secret_file.h"

namespace tocsin::channel {

namespace {

using std::chrono::minutes;

constexpr std::string_view kNotify = "GOV.UK Notify";
constexpr std::string_view kNotifyOrigin = "https://api.notifications.service.gov.uk";
constexpr base::Milliseconds kDayIsSpent = minutes{5};
constexpr std::string_view kSpent = "the day's limit of the provider is reached";
constexpr std::string_view kBusy = "GOV.UK Notify takes no more at the moment";

Verdict verdict_of_refusal(int status, NotifyError error, NotifyMedium medium) {
  const bool is_text = medium == NotifyMedium::text;
  switch (status) {
    case 400:
      if (error == NotifyError::validation)
        return {Receipt::failed_for_good,
                fmt::format(
                    "GOV.UK Notify does not take the {}, or not the template's id in tocsin.yaml",
                    is_text ? "number" : "address")};
      return {Receipt::failed_for_good,
              fmt::format("GOV.UK Notify refuses it: look there at the template, {}",
                          is_text ? "trial mode and numbers abroad" : "and at trial mode")};
    case 401:
    case 403:
      return {Receipt::failed_for_now,
              "GOV.UK Notify refuses the API key: make a new one, or set this machine's clock"};
    case 408:
      return {Receipt::failed_for_now, "GOV.UK Notify is busy"};
    case 429:
      if (error == NotifyError::too_many_requests)
        return {Receipt::failed_for_good, std::string{kSpent}};
      return {Receipt::failed_for_now, std::string{kBusy}, true};
    default:
      if (status >= 500) return {Receipt::failed_for_now, "GOV.UK Notify is in trouble"};
      return {Receipt::failed_for_good, "GOV.UK Notify refuses the request"};
  }
}

Verdict notify_verdict_of(const HttpAnswer& answer, NotifyMedium medium) {
  if (auto verdict = verdict_without_answer(answer, kNotify)) return *std::move(verdict);
  if (answer.status == 201) return {Receipt::sent, ""};
  // Another success is none that Notify has: nobody knows what a gateway in between has done.
  if (answer.status < 300) return {Receipt::unknown, "GOV.UK Notify's answer makes no sense"};
  return verdict_of_refusal(answer.status, notify_error(answer.body), medium);
}

std::string setting_of(const contact::Settings& settings, std::string_view key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string{} : found->second;
}

}  // namespace

std::unique_ptr<NotifyChannel> NotifyChannel::make(const contact::Settings& settings,
                                                   const Parts& parts) {
  return make(NotifyMedium::text, settings, parts);
}

std::unique_ptr<NotifyChannel> NotifyChannel::make(NotifyMedium medium,
                                                   const contact::Settings& settings,
                                                   const Parts& parts) {
  using base::Exit;
  using base::Fault;
  const std::filesystem::path file = parts.home / setting_of(settings, "key");
  auto key = parse_notify_key(seal::read_secret_file(file).view());
  if (!key)
    throw Fault(Exit::invalid, fmt::format("{} holds no API key of GOV.UK Notify", file.string()),
                "copy the whole key from \"API integration\" there: a name and two ids");
  NotifySettings own{setting_of(settings, "url"), setting_of(settings, "template"), parts.relay.url,
                     medium};
  if (own.origin.empty()) own.origin = kNotifyOrigin;
  if (!is_uuid(own.template_id))
    throw Fault(Exit::invalid,
                fmt::format("the template of {} in tocsin.yaml is no id of GOV.UK Notify",
                            medium == NotifyMedium::text ? kName : "email"),
                "copy the template's id there: 8d1c0f2e-…, 36 characters");
  return std::make_unique<NotifyChannel>(*std::move(key), std::move(own), parts.clock,
                                         parts.listen);
}

NotifyChannel::NotifyChannel(NotifyKey key, NotifySettings settings, const base::Clock& clock,
                             Listen listen)
    : settings_(std::move(settings)),
      clock_(clock),
      access_(settings_.origin, std::move(key), clock),
      http_(HttpSettings{}),
      throttle_(kNotifyRate, kNotifyAtOnce, clock),
      inbox_(access_, clock, settings_.medium),
      polling_([this] { return inbox_.ask(); }, [this] { inbox_.interrupt(); }, clock, listen) {}

std::vector<Delivery> NotifyChannel::send(std::span<const Outgoing<Content>> batch) {
  return Dispatch<Content>{
      http_,
      throttle_,
      clock_,
      kBusy,
      kSpent,
      [this](const auto& message) { return request_of(message); },
      [this](const auto& message, const HttpAnswer& answer) { return verdict_of(message, answer); }}
      .send(batch);
}

HttpRequest NotifyChannel::request_of(const Outgoing<Content>& message) const {
  const bool is_text = settings_.medium == NotifyMedium::text;
  const std::string text = message.content.text(settings_.link);
  Json personalisation{{"message", text}};
  if (!is_text) personalisation["subject"] = subject_of(text, settings_.link);
  const Json body{{is_text ? "phone_number" : "email_address", message.address},
                  {"template_id", settings_.template_id},
                  {"personalisation", std::move(personalisation)},
                  {"reference", seal::to_text(message.id)}};
  return access_.post(is_text ? "/v2/notifications/sms" : "/v2/notifications/email",
                      body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Verdict NotifyChannel::verdict_of(const Outgoing<Content>& message, const HttpAnswer& answer) {
  Verdict verdict = notify_verdict_of(answer, settings_.medium);
  if (verdict.receipt == Receipt::sent || verdict.receipt == Receipt::unknown)
    inbox_.expect(message.id, verdict.receipt);
  if (verdict.reason == kSpent) throttle_.was_spent(kDayIsSpent);
  access_.learn_time(answer);
  return verdict;
}

}  // namespace tocsin::channel
