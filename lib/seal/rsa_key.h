// An RSA key that a provider has made for an application of ours, with which the program names
// itself to it (RS256). It serves providers alone: envelopes, certificates and journals use the
// keys of key.h.
#pragma once

#include <memory>
#include <optional>

#include "base/bytes.h"
#include "seal/secret_file.h"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace tocsin::seal {

class RsaKey {
 public:
  // From PEM, PKCS #8 or PKCS #1. nullopt when it is no private key of RSA with 2048 bits or more,
  // and when it is encrypted: nobody is asked for a passphrase.
  static std::optional<RsaKey> from_pem(const SecretText& pem);

  // RSASSA-PKCS1-v1_5 over SHA-256 (RFC 8017, 8.2).
  base::Bytes sign(base::ByteView message) const;

 private:
  struct FreeKey {
    void operator()(evp_pkey_st* key) const noexcept;
  };
  using Pair = std::unique_ptr<evp_pkey_st, FreeKey>;

  explicit RsaKey(Pair pair) noexcept : pair_(std::move(pair)) {}

  Pair pair_;
};

}  // namespace tocsin::seal
