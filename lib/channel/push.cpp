#include "channel/push.h"

#include <fmt/format.h>

#include <algorithm>

#include "channel/verdict.h"
#include "seal/entropy.h"
#include "seal/vapid.h"

namespace tocsin::channel {

namespace {

// No push service publishes a limit; they answer 429. This wakes 10,000 within 20 s.
constexpr double kBurst = 1'000;
constexpr double kPerSecond = 500;
constexpr std::size_t kAtOnce = 32;
// The text of an answer is not used.
constexpr std::size_t kMostAnswerBytes = 16 * 1024;
// No push service keeps a message longer.
constexpr std::int64_t kLongestTtl = 28 * 24 * 3'600;

Verdict push_verdict_of(const HttpAnswer& answer) {
  // Looked up again it would be the same.
  if (answer.failure == HttpFailure::not_allowed)
    return {Receipt::failed_for_good, "the push service is not on the open internet"};
  if (auto verdict = verdict_without_answer(answer, "the push service")) return *std::move(verdict);
  if (answer.status >= 200 && answer.status < 300) return {Receipt::sent, ""};
  if (answer.status >= 500) return {Receipt::failed_for_now, "the push service is in trouble"};
  switch (answer.status) {
    case 404:
    case 410:
      return {Receipt::failed_for_good, "the subscription is gone"};
    case 408:
    case 429:
      return {Receipt::failed_for_now, "the push service is busy"};
    case 400:
      return {Receipt::failed_for_good, "the push service takes it for no request"};
    case 401:
    case 403:
      return {Receipt::failed_for_good, "the push service does not accept the key of this home"};
    case 413:
      return {Receipt::failed_for_good, "the push service takes nothing of this size"};
    default:
      return {Receipt::failed_for_good, "the push service refuses the request"};
  }
}

bool is_gone(const HttpAnswer& answer) {
  return answer.failure == HttpFailure::none && (answer.status == 404 || answer.status == 410);
}

std::optional<Subscription> subscription_of(std::string_view address) {
  const auto bytes = base::from_base64url(address);
  if (!bytes) return std::nullopt;
  base::ByteReader in{*bytes};
  Subscription subscription = read_subscription(in);
  return in.done() ? std::optional{std::move(subscription)} : std::nullopt;
}

}  // namespace

std::string address_of(const Subscription& subscription) {
  return base::to_base64url(encode(subscription));
}

struct PushChannel::Wake {
  std::size_t index;  // in the batch
  std::string endpoint;
  std::string service;  // its origin
  base::Bytes body;
  base::Instant expires;
  Urgency urgency;
};

std::unique_ptr<PushChannel> PushChannel::make(const contact::Settings& settings,
                                               const Parts& parts) {
  const auto service = settings.find("service");
  const auto own = service == settings.end() ? std::nullopt : origin_of(service->second);
  return std::make_unique<PushChannel>(
      parts.push_key(), PushSettings{.contact = parts.turn_to, .own = own ? own->url : ""},
      parts.clock);
}

PushChannel::PushChannel(seal::P256Key key, PushSettings settings, const base::Clock& clock)
    : key_(std::move(key)),
      settings_(std::move(settings)),
      clock_(clock),
      http_(HttpSettings{}),
      tokens_(kBurst),
      filled_(clock.now()) {}

bool PushChannel::take_token() {
  const base::Instant now = clock_.now();
  const double seconds = std::chrono::duration<double>(now - filled_).count();
  tokens_ = std::min(kBurst, tokens_ + std::max(0.0, seconds) * kPerSecond);
  filled_ = now;
  if (tokens_ < 1) return false;
  tokens_ -= 1;
  return true;
}

HttpRequest PushChannel::request(const Wake& wake) const {
  const base::Instant now = clock_.now();
  const auto left = std::chrono::floor<std::chrono::seconds>(wake.expires - now).count();
  HttpRequest out;
  out.method = "POST";
  out.url = wake.endpoint;
  out.body = wake.body;
  out.patience = settings_.patience;
  out.most_answer_bytes = kMostAnswerBytes;
  out.reach = wake.service == settings_.own ? Reach::anywhere : Reach::public_addresses;
  out.headers = {fmt::format("Authorization: {}",
                             seal::vapid_authorization(key_, wake.service, settings_.contact, now)),
                 "Content-Encoding: aes128gcm",
                 "Content-Type: application/octet-stream",
                 fmt::format("TTL: {}", std::clamp<std::int64_t>(left, 0, kLongestTtl)),
                 "Topic: message",
                 fmt::format("Urgency: {}", wake.urgency == Urgency::high ? "high" : "normal"),
                 "User-Agent:"};
  return out;
}

std::vector<Delivery> PushChannel::send(std::span<const Outgoing<Content>> batch) {
  std::vector<Delivery> deliveries(batch.size());
  std::vector<Wake> wakes;
  seal::Entropy random;
  const base::Instant now = clock_.now();
  std::size_t too_many = 0;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto fail = [&](Receipt receipt, const char* reason, base::Milliseconds wait = {}) {
      deliveries[i] = {batch[i].id, receipt, reason, wait};
    };
    auto subscription = subscription_of(batch[i].address);
    const auto service = subscription ? push_service(subscription->endpoint, settings_.own)
                                      : std::optional<Origin>{};
    if (!service) {
      fail(Receipt::failed_for_good, "the address is no subscription that may be used");
      continue;
    }
    if (batch[i].expires <= now) {
      fail(Receipt::failed_for_good, "it had expired");
      continue;
    }
    auto body = seal::seal_push_message(subscription->keys, {}, random);
    if (!body) {
      fail(Receipt::failed_for_good, "the subscription's key is none");
      continue;
    }
    if (!take_token()) {
      // Each waits a little longer than the one before, so that they do not all return together.
      const double seconds = static_cast<double>(++too_many) / kPerSecond;
      fail(Receipt::failed_for_now, "too many at once",
           base::Milliseconds{static_cast<std::int64_t>(seconds * 1'000) + 1});
      continue;
    }
    wakes.push_back({i, std::move(subscription->endpoint), service->url, *std::move(body),
                     batch[i].expires, batch[i].urgency});
  }

  const auto answers =
      http_.perform(wakes.size(), kAtOnce, [&](std::size_t w) { return request(wakes[w]); });
  for (std::size_t w = 0; w < wakes.size(); ++w) {
    const Outgoing<Content>& message = batch[wakes[w].index];
    Verdict verdict = push_verdict_of(answers[w]);
    deliveries[wakes[w].index] = {message.id, verdict.receipt, std::move(verdict.reason),
                                  answers[w].retry_after};
    if (is_gone(answers[w])) gone_.push_back(message.address);
  }
  return deliveries;
}

}  // namespace tocsin::channel
