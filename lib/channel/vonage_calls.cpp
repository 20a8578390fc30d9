#include "channel/vonage_calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/fault.h"
#include "channel/json_answer.h"
#include "seal/entropy.h"
#include "seal/web_token.h"

namespace tocsin::channel {

namespace {

constexpr std::string_view kVonageOrigin = "https://api.nexmo.com";
constexpr std::string_view kVonageBusy = "Vonage takes no more calls at the moment";
constexpr std::size_t kMostVonageAnswerBytes = 64 * 1024;
constexpr base::Milliseconds kVonagePatience{10'000};
// Vonage's own default.
constexpr std::chrono::minutes kVonageTokenLife{15};

bool is_vonage_id(std::string_view text) {
  constexpr std::string_view kForm = "00000000-0000-0000-0000-000000000000";
  return text.size() == kForm.size() &&
         std::equal(text.begin(), text.end(), kForm.begin(), [](char c, char form) {
           return form == '-'
                      ? c == '-'
                      : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

std::string vonage_setting(const contact::Settings& settings, std::string_view key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string{} : found->second;
}

Json phone_at_vonage(std::string_view number) {
  return {{"type", "phone"}, {"number", number.substr(number.starts_with('+') ? 1 : 0)}};
}

// The first field that Vonage does not take, if it says so: "to", "to[0].number".
std::string field_refused(base::ByteView body) {
  const Json answer = parse_answer(body);
  const Json& list = member(answer, "invalid_parameters");
  if (!list.is_array() || list.empty()) return {};
  return std::string{text_member(list.front(), "name")};
}

Verdict vonage_refusal(const HttpAnswer& answer) {
  const int status = answer.status;
  if (status == 429) return {Receipt::failed_for_now, std::string{kVonageBusy}, true};
  if (status == 401 || status == 403)
    return {Receipt::failed_for_now,
            "Vonage refuses the application, its key, or this machine's time"};
  if (status == 408 || status >= 500) return {Receipt::failed_for_now, "Vonage is in trouble"};
  const std::string field = field_refused(answer.body);
  if (field.starts_with("to")) return {Receipt::failed_for_good, "Vonage does not take the number"};
  if (field.starts_with("from"))
    return {Receipt::failed_for_good, "Vonage does not take the caller in tocsin.yaml"};
  return {Receipt::failed_for_good, "Vonage refuses the request"};
}

}  // namespace

VonageCalls::VonageCalls(std::string origin, std::string application, seal::RsaKey key,
                         const base::Clock& clock)
    : origin_(std::move(origin)),
      application_(std::move(application)),
      key_(std::move(key)),
      clock_(clock) {}

VonageCalls VonageCalls::make(const contact::Settings& settings, const std::filesystem::path& home,
                              const base::Clock& clock) {
  std::string application = vonage_setting(settings, "application");
  if (!is_vonage_id(application))
    throw base::Fault(base::Exit::invalid, "the application in tocsin.yaml is none of Vonage",
                      "copy the application's id from Vonage's dashboard: a UUID");
  std::string origin = vonage_setting(settings, "url");
  if (origin.empty()) origin = kVonageOrigin;
  const std::filesystem::path path = home / vonage_setting(settings, "key");
  auto key = seal::RsaKey::from_pem(seal::read_secret_file(path, seal::SecretLines::several));
  if (!key)
    throw base::Fault(base::Exit::invalid,
                      fmt::format("{} has no private key of Vonage's", path.string()),
                      "it is the private.key of the application: RSA, in PEM, not encrypted");
  return {std::move(origin), std::move(application), *std::move(key), clock};
}

std::string_view VonageCalls::busy() const noexcept { return kVonageBusy; }

std::string VonageCalls::token() const {
  seal::Entropy entropy;
  std::array<std::uint8_t, 16> name{};
  entropy.fill(name);
  const auto at = std::chrono::floor<std::chrono::seconds>(clock_.now());
  return seal::web_token(
      fmt::format(R"({{"application_id":"{}","iat":{},"exp":{},"jti":"{}"}})", application_,
                  at.time_since_epoch().count(), (at + kVonageTokenLife).time_since_epoch().count(),
                  base::to_hex(name)),
      key_);
}

HttpRequest VonageCalls::request_of(const Ring& ring) const {
  const auto ncco = Json::parse(wire::write_turn(dialect(), ring.turn));
  const std::string text = Json{
      {"to", Json::array({phone_at_vonage(ring.to)})},
      {"from", phone_at_vonage(ring.from)},
      {"ncco", ncco},
      {"event_url", Json::array({ring.news_to})},
      {"event_method", "POST"},
      // The call goes on: a person may have been taken for a machine.
      {"machine_detection", "continue"},
      {"ringing_timer",
       kRingSeconds}}.dump();
  HttpRequest request;
  request.method = "POST";
  request.url = origin_ + "/v1/calls";
  request.headers = {"Authorization: Bearer " + token(), "Content-Type: application/json"};
  request.body.assign(text.begin(), text.end());
  request.patience = kVonagePatience;
  request.most_answer_bytes = kMostVonageAnswerBytes;
  return request;
}

Verdict VonageCalls::verdict_of(const HttpAnswer& answer) const {
  if (auto verdict = verdict_without_answer(answer, "Vonage")) return *std::move(verdict);
  if (answer.status >= 300) return vonage_refusal(answer);
  const Json made = parse_answer(answer.body);
  if (answer.status == 201 && is_vonage_id(text_member(made, "uuid"))) return {Receipt::sent, ""};
  // Nobody knows what a gateway in between has done.
  return {Receipt::unknown, "Vonage's answer makes no sense"};
}

}  // namespace tocsin::channel
