// HMAC-SHA256 (RFC 2104), which HKDF (RFC 5869) is made of. It takes its text in pieces, so that
// nobody copies secrets to join them. Includes <sodium.h>, so only sources of this folder may
// include it.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "seal/secret.h"
#include "seal/sodium.h"

namespace tocsin::seal {

using Digest = SecretBytes<crypto_auth_hmacsha256_BYTES>;

class Hmac {
 public:
  explicit Hmac(base::ByteView key) noexcept {
    // The pointer of an empty key may be null, and libsodium must not be given a null pointer.
    constexpr std::uint8_t kEmpty[1] = {0};
    crypto_auth_hmacsha256_init(&state_, key.empty() ? kEmpty : key.data(), key.size());
  }
  ~Hmac() { sodium_memzero(&state_, sizeof state_); }
  Hmac(const Hmac&) = delete;
  Hmac& operator=(const Hmac&) = delete;
  Hmac& add(base::ByteView piece) noexcept {
    crypto_auth_hmacsha256_update(&state_, piece.data(), piece.size());
    return *this;
  }
  Hmac& add(std::string_view piece) noexcept { return add(base::bytes_of(piece)); }
  Digest end() noexcept {
    Digest digest;
    crypto_auth_hmacsha256_final(&state_, digest.data());
    return digest;
  }

 private:
  crypto_auth_hmacsha256_state state_;
};

}  // namespace tocsin::seal
