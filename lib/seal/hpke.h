// HPKE (RFC 9180): base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, with AES-256-GCM or, where
// the processor has no AES instructions, ChaCha20-Poly1305. Nothing else of the RFC is here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "seal/aead.h"
#include "seal/key.h"

namespace tocsin::seal::hpke {

using seal::Aead;
using seal::has_aes_256_gcm;
using seal::preferred_aead;

using EncapsulatedKey = std::array<std::uint8_t, 32>;

// Key, base nonce and sequence number of one direction. Each `seal`, and each `open` that succeeds,
// adds one to the sequence number.
class Context {
 public:
  Context(Aead aead, SecretBytes<32> key, const Nonce& base_nonce) noexcept;
  base::Bytes seal(base::ByteView aad, base::ByteView plaintext);
  // As seal, but appends to `out`.
  void seal_onto(base::Bytes& out, base::ByteView aad, base::ByteView plaintext);
  std::optional<base::Bytes> open(base::ByteView aad, base::ByteView ciphertext);

 private:
  Nonce nonce() const noexcept;
  Aead aead_;
  SecretBytes<32> key_;
  Nonce base_nonce_;
  std::uint64_t sequence_ = 0;
};

struct SenderContext {
  Aead aead;
  EncapsulatedKey enc;
  Context context;
};

// The info and the cipher of HPKE, hashed once for all messages that share them (RFC 9180 section
// 5.1, key_schedule_context). Holds nothing secret.
class Purpose {
 public:
  Purpose(base::ByteView info, Aead aead) noexcept;
  Aead aead() const noexcept { return aead_; }
  base::ByteView schedule() const noexcept { return schedule_; }

 private:
  Aead aead_;
  std::array<std::uint8_t, 65> schedule_;
};

// Costs two X25519 operations. Draws the ephemeral key from `random` and wipes it.
// Faults (untrusted) for a recipient key of small order.
SenderContext setup_sender(const SealingKey& recipient, const Purpose& purpose,
                           base::Random& random);
// Costs one X25519 operation. nullopt for an encapsulated key of small order.
std::optional<Context> setup_recipient(const EncapsulatedKey& enc, const OpeningKey& recipient,
                                       const Purpose& purpose);

// Single-shot, for wrapping keys. Form: aead u16 ‖ enc ‖ ciphertext.
base::Bytes seal_once(const SealingKey& recipient, base::ByteView info, base::ByteView aad,
                      base::ByteView plaintext, base::Random& random);
std::optional<base::Bytes> open_once(const OpeningKey& recipient, base::ByteView info,
                                     base::ByteView aad, base::ByteView sealed);

}  // namespace tocsin::seal::hpke
