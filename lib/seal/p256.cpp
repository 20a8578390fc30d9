#include "seal/p256.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "base/fault.h"

namespace tocsin::seal {

namespace {

constexpr const char* kCurve = "prime256v1";  // as OpenSSL calls P-256

template <class Type, void (*free)(Type*)>
struct Free {
  void operator()(Type* one) const noexcept { free(one); }
};
template <class Type, void (*free)(Type*)>
using Owned = std::unique_ptr<Type, Free<Type, free>>;

using Number = Owned<BIGNUM, BN_clear_free>;
using Group = Owned<EC_GROUP, EC_GROUP_free>;
using Point = Owned<EC_POINT, EC_POINT_free>;
using Context = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using Digesting = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using Builder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Params = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using Ecdsa = Owned<ECDSA_SIG, ECDSA_SIG_free>;

// For calls that fail only when memory runs out, or by a bug of ours.
void need(bool done) {
  if (done) return;
  ERR_clear_error();
  throw base::Fault(base::Exit::fault, "OpenSSL cannot work with a P-256 key");
}

Number number_of(base::ByteView bytes) {
  Number number{BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)};
  need(number != nullptr);
  return number;
}

}  // namespace

void P256Key::FreeKey::operator()(evp_pkey_st* key) const noexcept { EVP_PKEY_free(key); }

P256Key P256Key::generate(base::Random& random) {
  for (;;) {  // one draw in 2^32 is not below the order
    SecretBytes<32> secret;
    random.fill(secret.fill());
    if (auto key = from_secret(secret)) return *std::move(key);
  }
}

std::optional<P256Key> P256Key::from_secret(const SecretBytes<32>& secret) {
  const Group group{EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)};
  need(group != nullptr);
  const Number scalar = number_of(secret.view());
  BN_set_flags(scalar.get(), BN_FLG_CONSTTIME);
  if (BN_is_zero(scalar.get()) || BN_cmp(scalar.get(), EC_GROUP_get0_order(group.get())) >= 0)
    return std::nullopt;
  const Point product{EC_POINT_new(group.get())};
  P256Point point{};
  need(product != nullptr &&
       EC_POINT_mul(group.get(), product.get(), scalar.get(), nullptr, nullptr, nullptr) == 1 &&
       EC_POINT_point2oct(group.get(), product.get(), POINT_CONVERSION_UNCOMPRESSED, point.data(),
                          point.size(), nullptr) == point.size());
  KeyPair pair = import(point, &secret);
  need(pair != nullptr);
  return P256Key{secret.copy(), point, std::move(pair)};
}

P256Key::KeyPair P256Key::import(const P256Point& point, const SecretBytes<32>* secret) {
  const Builder builder{OSSL_PARAM_BLD_new()};
  Number scalar;
  need(builder != nullptr &&
       OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, kCurve, 0) == 1 &&
       OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                        point.size()) == 1);
  if (secret != nullptr) {
    scalar = number_of(secret->view());
    need(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar.get()) == 1);
  }
  const Params params{OSSL_PARAM_BLD_to_param(builder.get())};
  const Context context{EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr)};
  need(params != nullptr && context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* key = nullptr;
  const int selection = secret != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
  // Fails for a point that is not on the curve.
  if (EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) != 1) ERR_clear_error();
  return KeyPair{key};
}

std::optional<SecretBytes<32>> P256Key::agree(const P256Point& peer) const {
  const KeyPair other = import(peer, nullptr);
  if (!other) return std::nullopt;
  const Context context{EVP_PKEY_CTX_new_from_pkey(nullptr, pair_.get(), nullptr)};
  need(context != nullptr && EVP_PKEY_derive_init(context.get()) == 1);
  SecretBytes<32> shared;
  std::size_t size = shared.size();
  if (EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1 ||
      EVP_PKEY_derive(context.get(), shared.data(), &size) != 1 || size != shared.size()) {
    ERR_clear_error();
    return std::nullopt;
  }
  return shared;
}

P256Signature P256Key::sign(base::ByteView message) const {
  const Digesting context{EVP_MD_CTX_new()};
  std::array<std::uint8_t, 80> der{};  // 72 at most
  std::size_t size = der.size();
  need(context != nullptr &&
       EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, pair_.get()) == 1 &&
       EVP_DigestSign(context.get(), der.data(), &size, message.data(), message.size()) == 1);
  const std::uint8_t* at = der.data();
  const Ecdsa parts{d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size))};
  P256Signature signature{};
  need(parts != nullptr &&
       BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), signature.data(), 32) == 32 &&
       BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), signature.data() + 32, 32) == 32);
  return signature;
}

}  // namespace tocsin::seal
