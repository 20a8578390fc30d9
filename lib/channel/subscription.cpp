#include "channel/subscription.h"

#include <algorithm>

namespace tocsin::channel {

namespace {

constexpr std::uint8_t kSubscriptionVersion = 2;  // 1 is an enrolment
constexpr std::uint8_t kOfferVersion = 3;         // 1 is a standing

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

// Accepts a host name with a dot whose last part begins with a letter. That excludes IP addresses
// and names of the local network. The connection checks the address that the name resolves to.
bool is_open_name(std::string_view host) {
  host = host.substr(0, host.rfind(':'));
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == host.size()) return false;
  const std::string_view last = host.substr(dot + 1);
  if (last.front() < 'a' || last.front() > 'z') return false;
  if (last == "local" || last == "internal" || last == "localhost" || last == "lan") return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

}  // namespace

std::optional<Origin> push_service(std::string_view endpoint, std::string_view own) {
  if (endpoint.size() > kMostEndpointBytes || !is_printable(endpoint)) return std::nullopt;
  auto origin = origin_of(endpoint);
  if (!origin) return std::nullopt;
  const bool is_own = !own.empty() && origin->url == own;
  const bool is_open = origin->url.starts_with("https://") && is_open_name(origin->host);
  return is_own || is_open ? origin : std::nullopt;
}

void write(base::ByteWriter& out, const Subscription& subscription) {
  out.text(subscription.endpoint);
  out.raw(subscription.keys.device);
  out.raw(subscription.keys.shared);
}

Subscription read_subscription(base::ByteReader& in) {
  Subscription subscription;
  const std::string_view endpoint = in.text();
  if (endpoint.size() > kMostEndpointBytes) in.fail();
  if (in.ok()) subscription.endpoint = endpoint;
  subscription.keys = {in.array<65>(), in.array<16>()};
  return subscription;
}

base::Bytes encode(const Subscription& subscription) {
  base::ByteWriter out;
  write(out, subscription);
  return out.take();
}

base::Bytes subscription_payload(const Subscription& subscription) {
  base::ByteWriter out;
  out.u8(kSubscriptionVersion);
  write(out, subscription);
  return out.take();
}

bool is_subscription_payload(base::ByteView payload) noexcept {
  return !payload.empty() && payload.front() == kSubscriptionVersion;
}

std::optional<Subscription> decode_subscription_payload(base::ByteView payload,
                                                        std::string_view own) {
  base::ByteReader in{payload};
  if (in.u8() != kSubscriptionVersion) return std::nullopt;
  Subscription subscription = read_subscription(in);
  if (!in.done() || !push_service(subscription.endpoint, own)) return std::nullopt;
  return subscription;
}

base::Bytes offer_payload(const seal::P256Point& key) {
  base::ByteWriter out;
  out.u8(kOfferVersion);
  out.raw(key);
  return out.take();
}

bool is_offer_payload(base::ByteView payload) noexcept {
  return payload.size() == 1 + sizeof(seal::P256Point) && payload.front() == kOfferVersion;
}

}  // namespace tocsin::channel
