// RFC 9180 HPKE, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, with AES-256-GCM or, where the
// processor has no AES, ChaCha20-Poly1305. Nothing else of the RFC: one suite, one mode, done well.
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

// Key and base nonce of one direction, with its sequence number. Each `seal`, and each `open` that
// succeeds, moves it on by one.
class Context {
 public:
  Context(Aead aead, SecretBytes<32> key, const Nonce& base_nonce) noexcept;
  base::Bytes seal(base::ByteView aad, base::ByteView plaintext);
  // As seal, appended to what the caller has.
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

// What HPKE is used for: its info and cipher, hashed once for every message that has the same (RFC
// 9180 section 5.1, key_schedule_context). Holds nothing secret.
class Purpose {
 public:
  Purpose(base::ByteView info, Aead aead) noexcept;
  Aead aead() const noexcept { return aead_; }
  base::ByteView schedule() const noexcept { return schedule_; }

 private:
  Aead aead_;
  std::array<std::uint8_t, 65> schedule_;
};

// Two X25519 operations. The ephemeral key is drawn from `random` and wiped.
// Faults (untrusted) for a recipient key of small order.
SenderContext setup_sender(const SealingKey& recipient, const Purpose& purpose,
                           base::Random& random);
// One X25519 operation; nullopt for an encapsulated key of small order.
std::optional<Context> setup_recipient(const EncapsulatedKey& enc, const OpeningKey& recipient,
                                       const Purpose& purpose);

// Single-shot, for wrapping keys: enc ‖ ciphertext, aead in front as u16.
base::Bytes seal_once(const SealingKey& recipient, base::ByteView info, base::ByteView aad,
                      base::ByteView plaintext, base::Random& random);
std::optional<base::Bytes> open_once(const OpeningKey& recipient, base::ByteView info,
                                     base::ByteView aad, base::ByteView sealed);

}  // namespace tocsin::seal::hpke
