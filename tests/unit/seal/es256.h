// ES256 verified by OpenSSL alone (RFC 7518, 3.4).
#pragma once

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <string_view>

#include "base/bytes.h"

namespace tocsin::seal {

inline bool is_signed(std::string_view said, base::ByteView signature, base::ByteView point) {
  char curve[] = "prime256v1";
  base::Bytes key_bytes{point.begin(), point.end()};
  OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve, 0),
                         OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY,
                                                           key_bytes.data(), key_bytes.size()),
                         OSSL_PARAM_construct_end()};
  EVP_PKEY_CTX* importing = EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr);
  EVP_PKEY* key = nullptr;
  EVP_PKEY_fromdata_init(importing);
  EVP_PKEY_fromdata(importing, &key, EVP_PKEY_PUBLIC_KEY, params);
  EVP_PKEY_CTX_free(importing);
  ECDSA_SIG* parts = ECDSA_SIG_new();
  ECDSA_SIG_set0(parts, BN_bin2bn(signature.data(), 32, nullptr),
                 BN_bin2bn(signature.data() + 32, 32, nullptr));
  std::uint8_t* der = nullptr;
  const int size = i2d_ECDSA_SIG(parts, &der);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key);
  const bool is_good = EVP_DigestVerify(context, der, static_cast<std::size_t>(size),
                                        base::bytes_of(said).data(), said.size()) == 1;
  EVP_MD_CTX_free(context);
  OPENSSL_free(der);
  ECDSA_SIG_free(parts);
  EVP_PKEY_free(key);
  return is_good;
}

}  // namespace tocsin::seal
