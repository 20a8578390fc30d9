// Sealing what stays at home: journal bodies, the roster, key files (design §7, "At rest").
// AES-256-GCM under one 32-byte key with a random 96-bit nonce a body (NIST SP 800-38D: up to 2^32
// bodies a key); ChaCha20-Poly1305 where the processor has no AES. Form: suite u8 ‖ nonce 12 ‖
// ciphertext ‖ tag 16.
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

// A secret wrapped to several holders, each of whom can unwrap it alone (HPKE single-shot, info
// `purpose`).
base::Bytes wrap(base::ByteView secret, std::span<const SealingKey> holders,
                 std::string_view purpose, base::Random& random);
std::optional<base::Bytes> unwrap(base::ByteView wrapped, const OpeningKey& holder,
                                  std::string_view purpose);

// A key file: `secret` under a passphrase (Argon2id, about a second, 256 MiB), or in the clear for
// a throwaway home. The file says which; it has a magic, a version and a kind, so that a wrong file
// is told from a wrong passphrase.
enum class Protection : std::uint8_t { passphrase, none };
// What guessing one passphrase costs. Written into the file; a file that asks for more than 2 GiB
// or 16 passes is not opened.
struct Stretch {
  std::uint32_t passes = 6;
  std::uint32_t memory_kib = 256 * 1024;
};
// `kind` is 1 to 64 bytes: "tocsin coordinator". `passphrase` is ignored without protection.
base::Bytes protect_key(std::string_view kind, base::ByteView secret, Protection protection,
                        std::string_view passphrase, base::Random& random, Stretch stretch = {});
struct KeyFile {
  std::string kind;
  Protection protection = Protection::none;
};
std::optional<KeyFile> describe_key_file(base::ByteView file);
// nullopt: wrong passphrase, or a changed file. Faults when there is no memory to try it. The
// caller wipes what it gets.
std::optional<base::Bytes> open_key_file(base::ByteView file, std::string_view passphrase);

}  // namespace tocsin::seal
