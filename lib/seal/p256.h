// A key pair on P-256 (FIPS 186-5), the only curve that Web Push uses. It serves Web Push alone:
// envelopes, certificates and journals use the keys of key.h.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/random.h"
#include "seal/secret.h"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace tocsin::seal {

using P256Point = std::array<std::uint8_t, 65>;      // uncompressed: 4 ‖ x ‖ y (SEC 1, 2.3.3)
using P256Signature = std::array<std::uint8_t, 64>;  // r ‖ s, as JWS has it (RFC 7518, 3.4)

class P256Key {
 public:
  static P256Key generate(base::Random& random);
  // nullopt when the secret is zero or not below the order of the curve.
  static std::optional<P256Key> from_secret(const SecretBytes<32>& secret);

  const P256Point& point() const noexcept { return point_; }
  const SecretBytes<32>& secret() const noexcept { return secret_; }

  // ECDH: the x of the shared point. nullopt when `peer` is not on the curve.
  std::optional<SecretBytes<32>> agree(const P256Point& peer) const;
  // ES256: ECDSA over SHA-256.
  P256Signature sign(base::ByteView message) const;

 private:
  struct FreeKey {
    void operator()(evp_pkey_st* key) const noexcept;
  };
  using KeyPair = std::unique_ptr<evp_pkey_st, FreeKey>;

  P256Key(SecretBytes<32> secret, const P256Point& point, KeyPair pair) noexcept
      : secret_(std::move(secret)), point_(point), pair_(std::move(pair)) {}
  // Null when the point is not on the curve. `secret` may be null.
  static KeyPair import(const P256Point& point, const SecretBytes<32>* secret);

  SecretBytes<32> secret_;
  P256Point point_;
  KeyPair pair_;
};

}  // namespace tocsin::seal
