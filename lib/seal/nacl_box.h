// NaCl's crypto_box: X25519, XSalsa20 and Poly1305. The provider Threema chose it for its messages;
// ours are sealed with HPKE. A box proves who made it, to whoever can open it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "seal/key.h"

namespace tocsin::seal {

using BoxNonce = std::array<std::uint8_t, 24>;

// Nullopt for a public key of small order.
std::optional<base::Bytes> box_up(base::ByteView content, const BoxNonce& nonce,
                                  const SealingKey& to, const OpeningKey& from);
// Nullopt when it was not made by `from` for `to`, or was changed.
std::optional<base::Bytes> unbox(base::ByteView box, const BoxNonce& nonce, const SealingKey& from,
                                 const OpeningKey& to);

}  // namespace tocsin::seal
