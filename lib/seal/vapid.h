// How a sender identifies itself to a push service (VAPID, RFC 8292): a token signed by the key
// that the browsers subscribed to. So nobody else can use their subscriptions.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.h"
#include "seal/p256.h"

namespace tocsin::seal {

// RFC 8292 allows at most a day. Half of it tolerates clocks that are hours wrong.
constexpr std::chrono::hours kVapidLife{12};

// The value of the Authorization header: "vapid t=…, k=…". `origin` is the push service's:
// "https://push.example.net". `contact` is the mailto: or https: address where its operator reaches
// us, or empty. Neither may contain a character that JSON escapes.
std::string vapid_authorization(const P256Key& key, std::string_view origin,
                                std::string_view contact, base::Instant now);

}  // namespace tocsin::seal
