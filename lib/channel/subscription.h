// How one browser can be woken: what it told the page about its push service (tocsin-enrolment(5)).
// It comes from a telephone, and we connect to the address in it, so decoding returns nullopt for
// anything that is not sound.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "channel/http.h"
#include "seal/push_message.h"

namespace tocsin::channel {

struct Subscription {
  std::string endpoint;  // secret: never put it in a message or log
  seal::PushKeys keys;
  friend bool operator==(const Subscription&, const Subscription&) = default;
};
inline constexpr std::size_t kMostEndpointBytes = 2'048;

// The push service of an endpoint, if we may connect to it: by https:// to a host with a public
// name, or to `own`, the organisation's own push service.
std::optional<Origin> push_service(std::string_view endpoint, std::string_view own);

base::Bytes encode(const Subscription& subscription);
void write(base::ByteWriter& out, const Subscription& subscription);
Subscription read_subscription(base::ByteReader& in);

// A device says in a Kind::enrolment envelope how to wake it. The organisation says in a
// Kind::acceptance envelope with which key it will.
base::Bytes subscription_payload(const Subscription& subscription);
bool is_subscription_payload(base::ByteView payload) noexcept;  // it may still not be sound
std::optional<Subscription> decode_subscription_payload(base::ByteView payload,
                                                        std::string_view own);
base::Bytes offer_payload(const seal::P256Point& key);
bool is_offer_payload(base::ByteView payload) noexcept;

}  // namespace tocsin::channel
