#include "channel/ntfy.h"

#include <fmt/format.h>

#include <utility>

#include "base/fault.h"
#include "channel/answer_button.h"
#include "channel/dispatch.h"
#include "channel/json_answer.h"
#include "channel/ntfy_answer.h"
#include "channel/secret_origin.h"
#include "contact/address.h"

namespace tocsin::channel {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::string_view kNtfy = "the ntfy server";
// A server takes 60 requests at once and one more every 5 s. A third of the latter is for reading.
constexpr base::Rate kUsualRate{45, 2.0 / 15};
constexpr base::Milliseconds kUsualBetween = seconds{15};
constexpr base::Rate kUnlimitedRate{50, 50};
constexpr base::Milliseconds kUnlimitedBetween = seconds{5};
constexpr std::size_t kNtfyAtOnce = 10;
constexpr base::Milliseconds kNtfyPatience{10'000};
constexpr std::size_t kMostPublishedBytes = 64 * 1024;
constexpr base::Milliseconds kNtfyDayIsSpent = minutes{5};
constexpr std::string_view kNtfyBusy = "the ntfy server takes no more at the moment";
constexpr std::string_view kNtfySpent = "the ntfy server takes no more messages today";

Verdict ntfy_verdict_of_refusal(int status, NtfyError error) {
  switch (status) {
    case 401:
      return {Receipt::failed_for_now, "the ntfy server refuses the token"};
    case 403:
      return {Receipt::failed_for_good, "the token may not write to the person's topic"};
    case 429:
      if (error == NtfyError::day_spent) return {Receipt::failed_for_good, std::string{kNtfySpent}};
      return {Receipt::failed_for_now, std::string{kNtfyBusy}, true};
    default:
      // Whoever answers for the server may have passed the message on.
      if (status == 408 || status >= 500)
        return {Receipt::unknown, "the ntfy server is in trouble"};
      return {Receipt::failed_for_good, "the ntfy server refuses the message"};
  }
}

Verdict ntfy_verdict_of(const HttpAnswer& answer) {
  if (auto verdict = verdict_without_answer(answer, kNtfy)) return *std::move(verdict);
  if (answer.status == 200 && is_ntfy_success(answer.body)) return {Receipt::sent, ""};
  if (answer.status < 300) return {Receipt::unknown, "the ntfy server's answer makes no sense"};
  return ntfy_verdict_of_refusal(answer.status, ntfy_error(answer.body));
}

std::string ntfy_setting(const contact::Settings& settings, std::string_view key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string{} : found->second;
}

bool is_unlimited(const NtfySettings& settings) { return settings.limits == NtfyLimits::none; }

}  // namespace

base::Rate NtfyChannel::limit(const contact::Settings& settings) {
  return ntfy_setting(settings, "limits") == "none" ? kUnlimitedRate : kUsualRate;
}

std::unique_ptr<NtfyChannel> NtfyChannel::make(const contact::Settings& settings,
                                               const Parts& parts) {
  using base::Exit;
  using base::Fault;
  const std::filesystem::path file = parts.home / ntfy_setting(settings, "token");
  seal::SecretText token = seal::read_secret_file(file);
  if (!is_ntfy_token(token.view()))
    throw Fault(
        Exit::invalid, fmt::format("{} holds no access token of ntfy", file.string()),
        "make one with \"ntfy token add USER\", or in the account's settings: tk_ and letters");
  NtfySettings own{
      secret_origin(settings, {}, kName), ntfy_setting(settings, "replies"), parts.relay.url,
      ntfy_setting(settings, "limits") == "none" ? NtfyLimits::none : NtfyLimits::usual};
  const auto topic = contact::parse_address(contact::Form::ntfy_topic, own.replies);
  if (!own.replies.empty() && !std::holds_alternative<contact::Address>(topic))
    throw Fault(Exit::invalid, "the topic for replies of ntfy in tocsin.yaml is no topic",
                std::get<contact::AddressFault>(topic).hint);
  return std::make_unique<NtfyChannel>(std::move(token), std::move(own), parts.clock, parts.listen);
}

NtfyChannel::NtfyChannel(seal::SecretText token, NtfySettings settings, const base::Clock& clock,
                         Listen listen)
    : settings_(std::move(settings)),
      token_(std::move(token)),
      clock_(clock),
      http_(HttpSettings{}),
      throttle_(is_unlimited(settings_) ? kUnlimitedRate : kUsualRate, kNtfyAtOnce, clock),
      inbox_({settings_.origin, settings_.replies,
              is_unlimited(settings_) ? kUnlimitedBetween : kUsualBetween},
             token_, clock),
      polling_([this] { return inbox_.ask(); }, [this] { inbox_.interrupt(); }, clock, listen) {}

std::vector<Delivery> NtfyChannel::send(std::span<const Outgoing<Content>> batch) {
  return Dispatch<Content>{
      http_,
      throttle_,
      clock_,
      kNtfyBusy,
      kNtfySpent,
      [this](const auto& message) { return request_of(message); },
      [this](const auto& message, const HttpAnswer& answer) { return verdict_of(message, answer); }}
      .send(batch);
}

HttpRequest NtfyChannel::request_of(const Outgoing<Content>& message) const {
  Json body{{"topic", message.address},
            {"message", message.content.text(settings_.link)},
            {"priority", message.urgency == Urgency::high ? 5 : 3}};
  if (!settings_.link.empty()) body["click"] = settings_.link;
  if (message.asks && !settings_.replies.empty()) {
    body["actions"] = Json::array();
    for (const AnswerButton& button : kFewAnswerButtons)
      body["actions"].push_back({{"action", "http"},
                                 {"label", button.label},
                                 {"method", "POST"},
                                 {"url", fmt::format("{}/{}", settings_.origin, settings_.replies)},
                                 {"body", ntfy_tap(message.id, button, message.address)},
                                 {"clear", true}});
  }
  HttpRequest request;
  request.method = "POST";
  request.url = settings_.origin + "/";
  request.headers = {fmt::format("Authorization: Bearer {}", token_.view()),
                     "Content-Type: application/json"};
  const std::string text = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  request.body.assign(text.begin(), text.end());
  request.patience = kNtfyPatience;
  request.most_answer_bytes = kMostPublishedBytes;
  return request;
}

Verdict NtfyChannel::verdict_of(const Outgoing<Content>& message, const HttpAnswer& answer) {
  Verdict verdict = ntfy_verdict_of(answer);
  if (verdict.reason == kNtfySpent) throttle_.was_spent(kNtfyDayIsSpent);
  const bool may_have_gone =
      verdict.receipt == Receipt::sent || verdict.receipt == Receipt::unknown;
  if (message.asks && may_have_gone) inbox_.expect();
  return verdict;
}

}  // namespace tocsin::channel
