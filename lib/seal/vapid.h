// How a sender names itself to a push service (VAPID, RFC 8292): a short token, signed by the key
// that browsers were subscribed with, so that nobody else can use their subscriptions.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.h"
#include "seal/p256.h"

namespace tocsin::seal {

// RFC 8292 allows a day. Less lets a clock be wrong by hours on either side.
constexpr std::chrono::hours kVapidLife{12};

// The value of the Authorization header: "vapid t=…, k=…". `origin`: of the push service,
// "https://push.example.net". `contact`: whom its operator can turn to, a mailto: or https:
// address; empty: nobody. Both are of characters that need no escaping in JSON.
std::string vapid_authorization(const P256Key& key, std::string_view origin,
                                std::string_view contact, base::Instant now);

}  // namespace tocsin::seal
