#include "channel/matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/fault.h"
#include "channel/dispatch.h"
#include "channel/json_answer.h"
#include "channel/matrix_answer.h"
#include "channel/matrix_message.h"
#include "channel/secret_origin.h"

namespace tocsin::channel {

namespace {

constexpr std::string_view kHomeserver = "the Matrix homeserver";
// Synapse takes ten messages at once and one more every 5 s, as it comes, and makes ten rooms at
// once and three in ten seconds. These are a little less, because a request may overtake another.
constexpr base::Rate kUsualMessages{9, 0.195};
constexpr base::Rate kUsualRooms{9, 0.29};
constexpr base::Rate kUnlimitedMessages{50, 50};
constexpr base::Rate kUnlimitedRooms{20, 10};
constexpr std::size_t kMatrixAtOnce = 10;
constexpr std::string_view kMatrixBusy = "the Matrix homeserver takes no more at the moment";

Verdict matrix_verdict_of(const HttpAnswer& answer) {
  if (auto verdict = verdict_without_answer(answer, kHomeserver)) return *std::move(verdict);
  if (answer.status == 200 && parse_matrix_event(answer.body)) return {Receipt::sent, ""};
  if (answer.status < 300)
    return {Receipt::unknown, "the Matrix homeserver's answer makes no sense"};
  // It may have the event already; what is sent again arrives once.
  if (answer.status == 408 || answer.status >= 500)
    return {Receipt::unknown, "the Matrix homeserver is in trouble"};
  return matrix_failure(answer);
}

bool is_unlimited(MatrixLimits limits) noexcept { return limits == MatrixLimits::none; }

}  // namespace

base::Rate MatrixChannel::limit(const contact::Settings& settings) {
  const auto limits = settings.find("limits");
  const bool has_none = limits != settings.end() && limits->second == "none";
  return has_none ? kUnlimitedMessages : kUsualMessages;
}

std::unique_ptr<MatrixChannel> MatrixChannel::make(const contact::Settings& settings,
                                                   const Parts& parts) {
  const std::filesystem::path file = parts.home / settings.at("token");
  seal::SecretText token = seal::read_secret_file(file);
  if (!is_matrix_token(token.view()))
    throw base::Fault(base::Exit::invalid,
                      fmt::format("{} holds no access token of Matrix", file.string()),
                      "it is one word, as the homeserver gave it at the login of the account");
  const auto limits = settings.find("limits");
  const bool has_none = limits != settings.end() && limits->second == "none";
  return std::make_unique<MatrixChannel>(
      std::move(token),
      MatrixSettings{secret_origin(settings, {}, kName), parts.relay.url,
                     has_none ? MatrixLimits::none : MatrixLimits::usual},
      parts.clock, parts.listen);
}

MatrixChannel::MatrixChannel(seal::SecretText token, MatrixSettings settings,
                             const base::Clock& clock, Listen listen)
    : settings_(std::move(settings)),
      clock_(clock),
      access_(settings_.origin, std::move(token)),
      http_(HttpSettings{}),
      throttle_(is_unlimited(settings_.limits) ? kUnlimitedMessages : kUsualMessages, kMatrixAtOnce,
                clock),
      rooms_(access_, is_unlimited(settings_.limits) ? kUnlimitedRooms : kUsualRooms, clock),
      inbox_(access_, rooms_, clock, listen),
      polling_([this] { return inbox_.ask(); }, [this] { inbox_.interrupt(); }, clock, listen) {}

std::vector<Delivery> MatrixChannel::send(std::span<const Outgoing<Content>> batch) {
  std::set<std::string> people;
  // What is refused at once needs no room.
  if (throttle_.held() == base::Milliseconds{0})
    for (const auto& message : batch)
      if (message.expires > clock_.now()) people.insert(message.address);
  auto places = rooms_.places(people);
  std::vector<Delivery> deliveries(batch.size());
  std::vector<Outgoing<Content>> going;
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto place = places.find(batch[i].address);
    if (place != places.end() && place->second.room.empty()) {
      const Verdict& verdict = place->second.verdict;
      deliveries[i] = {batch[i].id, verdict.receipt, verdict.reason,
                       std::min(verdict.retry_after, kLongestAskedFor)};
      continue;
    }
    going.push_back(batch[i]);
    numbers.push_back(i);
  }
  auto sent = Dispatch<Content>{
      http_,
      throttle_,
      clock_,
      kMatrixBusy,
      {},
      [&](const auto& message) { return request_of(message, places[message.address].room); },
      [](const auto&, const HttpAnswer& answer) {
        return matrix_verdict_of(answer);
      }}.send(going);
  for (std::size_t i = 0; i < sent.size(); ++i) deliveries[numbers[i]] = std::move(sent[i]);
  return deliveries;
}

HttpRequest MatrixChannel::request_of(const Outgoing<Content>& message,
                                      std::string_view room) const {
  const std::string id = seal::to_text(message.id);
  const Json body{{"msgtype", "m.text"},
                  {"body", message.content.text(settings_.link)},
                  {kMatrixMessageKey, {{"id", id}, {"asks", message.asks}}}};
  return access_.put(fmt::format("rooms/{}/send/m.room.message/{}", percent_encoded(room), id),
                     body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace tocsin::channel
