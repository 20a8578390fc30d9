#include "seal/provider_mac.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

#include "base/fault.h"
#include "seal/hmac.h"

namespace tocsin::seal {

std::array<std::uint8_t, 32> sha256(base::ByteView bytes) {
  start_sodium();
  std::array<std::uint8_t, 32> hash{};
  crypto_hash_sha256(hash.data(), bytes.data(), bytes.size());
  return hash;
}

std::array<std::uint8_t, 32> hmac_sha256(base::ByteView secret, base::ByteView text) {
  start_sodium();
  const Digest digest = Hmac{secret}.add(text).end();
  std::array<std::uint8_t, 32> out{};
  std::copy(digest.view().begin(), digest.view().end(), out.begin());
  return out;
}

std::array<std::uint8_t, 20> hmac_sha1(base::ByteView secret, base::ByteView text) {
  std::array<std::uint8_t, 20> out{};
  unsigned size = 0;
  constexpr std::uint8_t kEmpty[1] = {0};  // OpenSSL takes a null pointer for no key at all
  const auto* made =
      HMAC(EVP_sha1(), secret.empty() ? kEmpty : secret.data(), static_cast<int>(secret.size()),
           text.data(), text.size(), out.data(), &size);
  TOCSIN_ASSERT(made != nullptr && size == out.size());
  return out;
}

bool is_same(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace tocsin::seal
