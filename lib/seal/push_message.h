// One message encrypted to one browser's subscription: RFC 8291, in the aes128gcm coding of
// RFC 8188, in a single record. The push service sees its length and nothing else.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/random.h"
#include "seal/p256.h"

namespace tocsin::seal {

// The keys of a subscription.
struct PushKeys {
  P256Point device{};                     // "p256dh"
  std::array<std::uint8_t, 16> shared{};  // "auth": a secret that only browser and sender know
  friend bool operator==(const PushKeys&, const PushKeys&) = default;
};

// Every push service accepts 4,096 bytes (RFC 8030, 7.2). The encryption takes 103 of them.
constexpr std::size_t kMostPushPlaintext = 3'993;

// nullopt when the browser's key is not on the curve. A plaintext over kMostPushPlaintext bytes is
// a bug of the caller. Draws a salt of 16 bytes, then a key.
std::optional<base::Bytes> seal_push_message(const PushKeys& to, base::ByteView plaintext,
                                             base::Random& random);

}  // namespace tocsin::seal
