// How one browser can be woken: what it told the page about its push service (tocsin-enrolment(5)).
// All of it comes from a telephone, and the address is one that we shall connect to: what is not
// sound is nullopt.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "channel/http.h"
#include "seal/push_message.h"

namespace tocsin::channel {

struct Subscription {
  std::string endpoint;  // a capability: never in a message or log
  seal::PushKeys keys;
  friend bool operator==(const Subscription&, const Subscription&) = default;
};
inline constexpr std::size_t kMostEndpointBytes = 2'048;

// The push service of an endpoint, when it may be spoken to: by https:// to a host with a name of
// the open internet, or to `own`, the origin of a push service that the organisation itself named.
std::optional<Origin> push_service(std::string_view endpoint, std::string_view own);

base::Bytes encode(const Subscription& subscription);
void write(base::ByteWriter& out, const Subscription& subscription);
Subscription read_subscription(base::ByteReader& in);

// The payload of a device's Kind::enrolment envelope that says how to wake it, and the
// organisation's Kind::acceptance payload that says which key will.
base::Bytes subscription_payload(const Subscription& subscription);
bool is_subscription_payload(base::ByteView payload) noexcept;  // or would be, if it is sound
std::optional<Subscription> decode_subscription_payload(base::ByteView payload,
                                                        std::string_view own);
base::Bytes offer_payload(const seal::P256Point& key);
bool is_offer_payload(base::ByteView payload) noexcept;

}  // namespace tocsin::channel
