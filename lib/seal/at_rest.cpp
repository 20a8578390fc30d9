#include "seal/at_rest.h"

#include <algorithm>

#include "base/fault.h"
#include "seal/aead.h"
#include "seal/hpke.h"
#include "seal/sodium.h"

namespace tocsin::seal {

namespace {

using base::Bytes;
using base::ByteView;

constexpr std::size_t kMostHolders = 1000;

Bytes wrap_info(std::string_view purpose) {
  base::ByteWriter info;
  info.raw(base::bytes_of("tocsin/v1/wrap/"));
  info.raw(base::bytes_of(purpose));
  return info.take();
}

}  // namespace

StoreKey generate_store_key(base::Random& random) {
  StoreKey key;
  random.fill(key.fill());
  return key;
}

Bytes seal_at_rest(const StoreKey& key, ByteView aad, ByteView plaintext, base::Random& random) {
  const Aead aead = preferred_aead();
  Nonce nonce{};
  random.fill(nonce);
  Bytes sealed;
  sealed.reserve(1 + nonce.size() + plaintext.size() + kTagBytes);
  sealed.push_back(static_cast<std::uint8_t>(aead));
  sealed.insert(sealed.end(), nonce.begin(), nonce.end());
  aead_seal(aead, key, nonce, aad, plaintext, sealed);
  return sealed;
}

std::optional<Bytes> open_at_rest(const StoreKey& key, ByteView aad, ByteView sealed) {
  base::ByteReader in{sealed};
  const auto aead = usable_aead(in.u8());
  Nonce nonce{};
  const ByteView nonce_bytes = in.raw(nonce.size());
  std::copy(nonce_bytes.begin(), nonce_bytes.end(), nonce.begin());
  if (!in.ok() || !aead) return std::nullopt;
  return aead_open(*aead, key, nonce, aad, in.raw(in.left()));
}

Hash hash_of(ByteView bytes) noexcept { return hash_of(bytes, {}); }

Hash hash_of(ByteView first, ByteView second) noexcept {
  crypto_generichash_state state;
  Hash hash{};
  crypto_generichash_init(&state, nullptr, 0, hash.size());
  crypto_generichash_update(&state, first.data(), first.size());
  crypto_generichash_update(&state, second.data(), second.size());
  crypto_generichash_final(&state, hash.data(), hash.size());
  return hash;
}

Bytes wrap(ByteView secret, std::span<const SealingKey> holders, std::string_view purpose,
           base::Random& random) {
  TOCSIN_ASSERT(holders.size() <= kMostHolders);
  const Bytes info = wrap_info(purpose);
  base::ByteWriter out;
  out.u16(static_cast<std::uint16_t>(holders.size()));
  for (const SealingKey& holder : holders) {
    out.raw(holder.bytes);
    out.sized(hpke::seal_once(holder, info, holder.bytes, secret, random));
  }
  return out.take();
}

std::optional<Bytes> unwrap(ByteView wrapped, const OpeningKey& holder, std::string_view purpose) {
  base::ByteReader in{wrapped};
  const std::size_t holders = in.u16();
  const SealingKey ours = holder.sealing_key();
  std::optional<ByteView> found;
  for (std::size_t i = 0; i < holders && in.ok(); ++i) {
    const ByteView whose = in.raw(ours.bytes.size());
    const ByteView sealed = in.sized();
    if (std::equal(whose.begin(), whose.end(), ours.bytes.begin(), ours.bytes.end()))
      found = sealed;
  }
  if (!in.done() || !found) return std::nullopt;
  return hpke::open_once(holder, wrap_info(purpose), ours.bytes, *found);
}

}  // namespace tocsin::seal
