#include "channel/signal.h"

#include <fmt/format.h>

#include <utility>

#include "base/fault.h"
#include "channel/answer_button.h"
#include "channel/dispatch.h"
#include "channel/json_answer.h"
#include "channel/signal_answer.h"
#include "contact/telephone.h"

namespace tocsin::channel {

namespace {

using std::chrono::hours;

constexpr std::string_view kSignalCli = "signal-cli's daemon";
constexpr std::string_view kSignalOrigin = "http://127.0.0.1:8080";
// Signal publishes no limit for all messages of an account.
constexpr base::Rate kSignalRate{8, 1};
constexpr std::size_t kSignalAtOnce = 8;
constexpr base::Milliseconds kSignalPatience{20'000};
constexpr std::size_t kMostSignalAnswer = 64 * 1024;
constexpr std::string_view kSignalBusy = "Signal takes no more from this account at the moment";
constexpr std::string_view kSignalSpent = "Signal takes no more from this account tonight";
constexpr std::string_view kPollQuestion = "Your answer:";

bool is_on_this_machine(std::string_view host) {
  const bool is_number = host.find_first_not_of("0123456789.:") == std::string_view::npos;
  return host == "localhost" || host.starts_with("localhost:") || host == "[::1]" ||
         host.starts_with("[::1]:") || (is_number && host.starts_with("127."));
}

Verdict verdict_of_sent(const SignalSent& sent) {
  switch (sent.outcome) {
    case SignalOutcome::sent:
      return {Receipt::sent, ""};
    case SignalOutcome::failed_for_now:
      return {Receipt::failed_for_now, "signal-cli cannot reach Signal, or the person's devices"};
    case SignalOutcome::unregistered:
      return {Receipt::failed_for_good, "there is no Signal at this number"};
    case SignalOutcome::untrusted:
      return {Receipt::failed_for_good,
              "the person's safety number has changed: compare it, then \"signal-cli trust\""};
    case SignalOutcome::limited:
      if (sent.retry_after > kLongestAskedFor)
        return {Receipt::failed_for_good, std::string{kSignalSpent}};
      return {Receipt::failed_for_now, std::string{kSignalBusy}, true, sent.retry_after};
    case SignalOutcome::refused:
      return {Receipt::failed_for_good, "signal-cli refuses the message"};
    case SignalOutcome::unclear:
      break;
  }
  return {Receipt::unknown, "signal-cli's answer makes no sense"};
}

Verdict signal_verdict_of(const HttpAnswer& answer, const SignalSent& sent) {
  if (auto verdict = verdict_without_answer(answer, kSignalCli)) return *std::move(verdict);
  if (answer.status == 200) return verdict_of_sent(sent);
  if (answer.status < 300 || answer.status >= 500)
    return {Receipt::unknown, "signal-cli's answer makes no sense"};
  return {Receipt::failed_for_now, "what answers at the address is not signal-cli's daemon"};
}

// Only a + and digits.
std::string in_query(std::string_view number) {
  return number.empty() ? std::string{} : fmt::format("?account=%2B{}", number.substr(1));
}

HttpRequest rpc_request(const SignalSettings& settings, const seal::MessageId& id,
                        std::string_view method, Json params) {
  if (!settings.account.empty()) params["account"] = settings.account;
  const Json call{{"jsonrpc", "2.0"},
                  {"id", seal::to_text(id)},
                  {"method", method},
                  {"params", std::move(params)}};
  const std::string body = call.dump(-1, ' ', false, Json::error_handler_t::replace);
  HttpRequest request;
  request.method = "POST";
  request.url = settings.origin + "/api/v1/rpc";
  request.headers = {"Content-Type: application/json"};
  request.body.assign(body.begin(), body.end());
  request.patience = kSignalPatience;
  request.reach = Reach::this_machine;
  request.most_answer_bytes = kMostSignalAnswer;
  return request;
}

}  // namespace

base::Rate SignalChannel::limit(const contact::Settings&) { return kSignalRate; }

std::unique_ptr<SignalChannel> SignalChannel::make(const contact::Settings& settings,
                                                   const Parts& parts) {
  using base::Exit;
  using base::Fault;
  const auto setting = [&](std::string_view key) {
    const auto found = settings.find(key);
    return found == settings.end() ? std::string{} : found->second;
  };
  SignalSettings own{setting("url"), setting("account"), parts.home / "signal.sent"};
  if (own.origin.empty()) own.origin = kSignalOrigin;
  const auto origin = parse_origin(own.origin);
  if (!origin || !is_on_this_machine(origin->host))
    throw Fault(Exit::invalid, "the url of signal in tocsin.yaml is not on this machine",
                "signal-cli's daemon knows no password: run it here, at http://127.0.0.1:8080");
  if (!own.account.empty()) {
    const auto read = contact::parse_telephone(own.account);
    const auto* number = std::get_if<contact::Telephone>(&read);
    if (number == nullptr)
      throw Fault(Exit::invalid, "the account of signal in tocsin.yaml is no telephone number",
                  "write the number of the account, for example +447700900000");
    own.account = number->e164;
  }
  return std::make_unique<SignalChannel>(std::move(own), parts.clock, parts.listen);
}

SignalChannel::SignalChannel(SignalSettings settings, const base::Clock& clock, Listen listen)
    : settings_(std::move(settings)),
      clock_(clock),
      http_(HttpSettings{}),
      throttle_(kSignalRate, kSignalAtOnce, clock),
      sent_(settings_.file),
      inbox_(settings_.origin + "/api/v1/events" + in_query(settings_.account), sent_, clock,
             listen) {}

std::vector<Delivery> SignalChannel::send(std::span<const Outgoing<Content>> batch) {
  auto deliveries = Dispatch<Content>{
      http_,
      throttle_,
      clock_,
      kSignalBusy,
      kSignalSpent,
      [this](const auto& message) { return text_request(message); },
      [this](const auto& message, const HttpAnswer& answer) {
        return verdict_of(message, answer);
      }}.send(batch);
  std::vector<const Outgoing<Content>*> below;
  for (std::size_t i = 0; i < batch.size(); ++i)
    if (batch[i].asks && deliveries[i].receipt == Receipt::sent) below.push_back(&batch[i]);
  send_polls(below);
  return deliveries;
}

HttpRequest SignalChannel::text_request(const Outgoing<Content>& message) const {
  return rpc_request(
      settings_, message.id, "send",
      {{"recipient", Json::array({message.address})}, {"message", message.content.text}});
}

HttpRequest SignalChannel::poll_request(const Outgoing<Content>& message) const {
  Json options = Json::array();
  for (const AnswerButton& button : kAnswerButtons) options.push_back(button.label);
  return rpc_request(settings_, message.id, "sendPollCreate",
                     {{"recipient", Json::array({message.address})},
                      {"question", kPollQuestion},
                      {"option", std::move(options)},
                      {"noMulti", true}});
}

Verdict SignalChannel::verdict_of(const Outgoing<Content>& message, const HttpAnswer& answer) {
  const SignalSent sent = parse_signal_sent(answer.body);
  Verdict verdict = signal_verdict_of(answer, sent);
  if (verdict.receipt == Receipt::sent && sent.time != 0)
    inbox_.add(
        sent_.record(std::to_string(sent.time), {message.id, message.address, message.asks}));
  if (verdict.reason == kSignalSpent)
    throttle_.was_spent(std::min<base::Milliseconds>(sent.retry_after, hours{1}));
  return verdict;
}

// Whoever gets none answers in words.
void SignalChannel::send_polls(const std::vector<const Outgoing<Content>*>& below) {
  const auto answers = http_.perform(below.size(), throttle_.at_once(),
                                     [&](std::size_t i) { return poll_request(*below[i]); });
  for (std::size_t i = 0; i < below.size(); ++i) {
    const SignalSent sent = parse_signal_sent(answers[i].body);
    if (sent.outcome == SignalOutcome::sent && sent.time != 0)
      inbox_.add(sent_.record(std::to_string(sent.time), {below[i]->id, below[i]->address, true}));
  }
}

}  // namespace tocsin::channel
