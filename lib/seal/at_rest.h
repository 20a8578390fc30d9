// Seals what is stored and not sent: journal bodies, the roster (tocsin-security(7)).
// AES-256-GCM with one 32-byte key and a random 96-bit nonce for each body; NIST SP 800-38D allows
// 2^32 bodies a key. ChaCha20-Poly1305 where the processor has no AES instructions.
// Form: suite u8 ‖ nonce 12 ‖ ciphertext ‖ tag 16.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"
#include "seal/key.h"
#include "seal/secret.h"

namespace tocsin::seal {

using StoreKey = SecretBytes<32>;
StoreKey generate_store_key(base::Random& random);

base::Bytes seal_at_rest(const StoreKey& key, base::ByteView aad, base::ByteView plaintext,
                         base::Random& random);
std::optional<base::Bytes> open_at_rest(const StoreKey& key, base::ByteView aad,
                                        base::ByteView sealed);

// BLAKE2b-256.
using Hash = std::array<std::uint8_t, 32>;
Hash hash_of(base::ByteView bytes) noexcept;
Hash hash_of(base::ByteView first, base::ByteView second) noexcept;  // of first ‖ second

// Wraps a secret to several holders. Any one of them can unwrap it (single-shot HPKE, with
// `purpose` as the info).
base::Bytes wrap(base::ByteView secret, std::span<const SealingKey> holders,
                 std::string_view purpose, base::Random& random);
std::optional<base::Bytes> unwrap(base::ByteView wrapped, const OpeningKey& holder,
                                  std::string_view purpose);

}  // namespace tocsin::seal
