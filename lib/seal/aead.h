// Authenticated encryption with a 32-byte key and a 12-byte nonce: AES-256-GCM, or
// ChaCha20-Poly1305 (RFC 8439) where the processor has no AES instructions. The caller must never
// use a nonce twice with the same key.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "seal/secret.h"

namespace tocsin::seal {

enum class Aead : std::uint16_t { aes_256_gcm = 2, chacha20_poly1305 = 3 };  // IANA HPKE AEAD ids
constexpr std::size_t kTagBytes = 16;
using Nonce = std::array<std::uint8_t, 12>;

// AES-256-GCM needs AES-NI and PCLMUL (or the Armv8 Crypto Extensions) in libsodium.
bool has_aes_256_gcm();
Aead preferred_aead();
// nullopt for an unknown id, and for AES-256-GCM where this processor lacks it.
std::optional<Aead> usable_aead(std::uint16_t id);

// Ciphertext ‖ tag, appended to `out`.
void aead_seal(Aead aead, const SecretBytes<32>& key, const Nonce& nonce, base::ByteView aad,
               base::ByteView plaintext, base::Bytes& out);
std::optional<base::Bytes> aead_open(Aead aead, const SecretBytes<32>& key, const Nonce& nonce,
                                     base::ByteView aad, base::ByteView ciphertext);

}  // namespace tocsin::seal
