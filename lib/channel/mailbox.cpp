#include "channel/mailbox.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "channel/verdict.h"
#include "wire/proof.h"

namespace tocsin::channel {

namespace {

// So large that signing and the round trip do not matter, and so small that a lost request leaves
// few results unknown.
constexpr std::size_t kMessagesPerRequest = 256;
constexpr std::size_t kBytesPerRequest = 3U << 20;
// Two, so that the relay stores one while the other is on its way.
constexpr std::size_t kRequestsAtOnce = 2;
constexpr base::Milliseconds kPatience{15'000};
static_assert(kMessagesPerRequest <= wire::kMostMessages);
static_assert(kBytesPerRequest + wire::kMostEnvelopeBytes + 64 * kMessagesPerRequest <=
              wire::kMostBodyBytes);

Origin origin_of(const RelayAddress& address) {
  auto origin = parse_origin(address.url);
  if (!origin)
    throw base::Fault(base::Exit::invalid, "the relay's address is not a web address",
                      "write it as https://HOST or https://HOST:PORT");
  return std::move(*origin);
}

Verdict relay_verdict_of(wire::Outcome outcome) {
  switch (outcome) {
    case wire::Outcome::stored:
    case wire::Outcome::already:
      return {Receipt::sent, ""};
    case wire::Outcome::not_allowed:
      return {Receipt::failed_for_good, "the relay does not let this key write there"};
    case wire::Outcome::expired:
      return {Receipt::failed_for_good, "it had expired"};
    case wire::Outcome::full:
      return {Receipt::failed_for_now, "the mailbox is full"};
    case wire::Outcome::too_fast:
      return {Receipt::failed_for_now, "too many messages at once"};
  }
  return {Receipt::unknown, "the relay's answer makes no sense"};
}

// The verdict for a request without a 2xx answer.
Verdict relay_verdict_of(const HttpAnswer& answer) {
  if (auto verdict = verdict_without_answer(answer, "the relay")) return *std::move(verdict);
  switch (answer.status) {
    case 401:
      return {Receipt::failed_for_now, "the relay does not accept the proof: is the clock right?"};
    case 403:
      return {Receipt::failed_for_good, "the relay does not serve this key"};
    case 429:
    case 503:
      return {Receipt::failed_for_now, "the relay is busy"};
    case 507:
      return {Receipt::failed_for_now, "the relay cannot write to its store"};
    default:
      break;
  }
  if (answer.status >= 500) return {Receipt::failed_for_now, "the relay is in trouble"};
  if (answer.status >= 200 && answer.status < 300)
    return {Receipt::unknown, "the relay's answer makes no sense"};
  return {Receipt::failed_for_good, "the relay refuses the request"};
}

// Indices of the messages in one request. Messages that cannot be sent have their verdict already.
using Parcel = std::vector<std::size_t>;

std::vector<Parcel> parcels_of(std::span<const SealedMessage> messages,
                               std::vector<Delivery>& deliveries) {
  std::vector<Parcel> parcels(1);
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const SealedMessage& message = messages[i];
    deliveries[i].id = message.id;
    const auto mailbox = seal::key_id_from_text(message.address);
    if (!mailbox || message.content.envelope.empty() ||
        message.content.envelope.size() > wire::kMostEnvelopeBytes) {
      deliveries[i].receipt = Receipt::failed_for_good;
      deliveries[i].reason =
          mailbox ? "no relay takes a message of this size" : "the address is not a mailbox";
      continue;
    }
    if (parcels.back().size() == kMessagesPerRequest || bytes >= kBytesPerRequest) {
      parcels.emplace_back();
      bytes = 0;
    }
    parcels.back().push_back(i);
    bytes += message.content.envelope.size();
  }
  if (parcels.back().empty()) parcels.pop_back();
  return parcels;
}

base::Bytes body_of(const Parcel& parcel, std::span<const SealedMessage> messages,
                    std::optional<seal::KeyId> answers, base::Milliseconds relay_ahead) {
  wire::Batch batch{answers, {}};
  for (const std::size_t i : parcel)
    batch.messages.push_back({*seal::key_id_from_text(messages[i].address), messages[i].id,
                              messages[i].expires + relay_ahead, messages[i].content.envelope});
  return wire::encode(batch);
}

}  // namespace

Credentials credentials_of(const seal::Identity& identity,
                           std::optional<seal::Certificate> certificate) {
  return {seal::SigningKey::from_seed(identity.signing.seed()), identity.public_identity(),
          std::move(certificate)};
}

Mailbox::Mailbox(const RelayAddress& address, Credentials credentials, const base::Clock& clock)
    : Mailbox(address, std::move(credentials), clock,
              std::make_shared<HttpClient>(HttpSettings{.pins = address.pins})) {}

Mailbox::Mailbox(const RelayAddress& address, Credentials credentials, const base::Clock& clock,
                 std::shared_ptr<HttpClient> http)
    : origin_(origin_of(address)),
      credentials_(std::move(credentials)),
      certificate_header_(credentials_.certificate
                              ? fmt::format("{}: {}", wire::kCertificateHeader,
                                            wire::to_header(*credentials_.certificate))
                              : std::string{}),
      id_(credentials_.identity.id()),
      clock_(clock),
      http_(std::move(http)) {}

HttpRequest Mailbox::request(std::string_view method, const std::string& target, base::Bytes body,
                             base::Milliseconds patience) const {
  HttpRequest out;
  out.method = method;
  out.url = origin_.url + target;
  out.body = std::move(body);
  out.patience = patience;
  out.headers = {fmt::format("Host: {}", origin_.host), "Content-Type: application/octet-stream",
                 fmt::format("{}: {}", wire::kProofHeader,
                             wire::prove(credentials_.signing, credentials_.identity,
                                         clock_.now() + relay_ahead_,
                                         {method, origin_.host, target, out.body}))};
  if (!certificate_header_.empty()) out.headers.push_back(certificate_header_);
  return out;
}

// A relay refuses a proof of another time than its own. Either clock may be the wrong one, and
// neither may stop a call: the proof is made again, once, for the relay's time. What it refused, it
// has not done.
std::vector<HttpAnswer> Mailbox::ask(std::size_t count,
                                     const std::function<HttpRequest(std::size_t)>& request_of) {
  std::vector<HttpAnswer> answers = http_->perform(count, kRequestsAtOnce, request_of);
  std::vector<std::size_t> refused;
  for (std::size_t i = 0; i < count; ++i)
    if (answers[i].status == 401 && answers[i].date) refused.push_back(i);
  if (refused.empty()) return answers;
  const base::Milliseconds ahead = *answers[refused.front()].date - clock_.now();
  if (std::chrono::abs(ahead - relay_ahead_) < wire::kProofWindow / 2) return answers;
  relay_ahead_ = ahead;
  std::vector<HttpAnswer> again = http_->perform(
      refused.size(), kRequestsAtOnce, [&](std::size_t i) { return request_of(refused[i]); });
  for (std::size_t i = 0; i < refused.size(); ++i) answers[refused[i]] = std::move(again[i]);
  return answers;
}

HttpAnswer Mailbox::ask(const std::function<HttpRequest()>& request_of) {
  return std::move(ask(1, [&](std::size_t) { return request_of(); }).front());
}

std::vector<Delivery> Mailbox::send(std::span<const SealedMessage> messages,
                                    std::optional<seal::KeyId> answers) {
  std::vector<Delivery> deliveries(messages.size());
  const std::vector<Parcel> parcels = parcels_of(messages, deliveries);
  const std::vector<HttpAnswer> responses = ask(parcels.size(), [&](std::size_t p) {
    return request("POST", "/v1/messages", body_of(parcels[p], messages, answers, relay_ahead_),
                   kPatience);
  });

  for (std::size_t p = 0; p < parcels.size(); ++p) {
    const HttpAnswer& answer = responses[p];
    std::optional<std::vector<wire::Outcome>> outcomes;
    if (answer.failure == HttpFailure::none && answer.status == 200)
      outcomes = wire::decode_outcomes(answer.body);
    if (outcomes && outcomes->size() != parcels[p].size()) outcomes.reset();
    for (std::size_t i = 0; i < parcels[p].size(); ++i) {
      Verdict verdict = outcomes ? relay_verdict_of((*outcomes)[i]) : relay_verdict_of(answer);
      Delivery& delivery = deliveries[parcels[p][i]];
      delivery.receipt = verdict.receipt;
      delivery.reason = std::move(verdict.reason);
      delivery.retry_after = answer.retry_after;
    }
  }
  return deliveries;
}

Mailbox::Page Mailbox::poll(std::uint64_t after, std::chrono::seconds wait) {
  wait = std::clamp(wait, std::chrono::seconds{0}, std::chrono::seconds{wire::kLongestWaitSeconds});
  const std::string target =
      fmt::format("/v1/mailbox/{}?after={}&wait={}", to_text(id_), after, wait.count());
  HttpAnswer answer = ask([&] { return request("GET", target, {}, kPatience + wait); });
  Page page;
  if (answer.failure == HttpFailure::none && answer.status == 200) {
    if (auto items = wire::decode_items(answer.body)) {
      page.items = std::move(*items);
      if (answer.date) page.ahead = *answer.date - clock_.now();
      return page;
    }
  }
  Verdict verdict = relay_verdict_of(answer);
  page.trouble = std::move(verdict.reason);
  page.is_refused = verdict.receipt == Receipt::failed_for_good;
  page.retry_after = answer.retry_after;
  return page;
}

bool Mailbox::acknowledge(std::uint64_t cursor) {
  const std::string target = fmt::format("/v1/mailbox/{}/acknowledge", to_text(id_));
  const HttpAnswer answer =
      ask([&] { return request("POST", target, wire::encode_cursor(cursor), kPatience); });
  return answer.failure == HttpFailure::none && answer.status == 204;
}

}  // namespace tocsin::channel
