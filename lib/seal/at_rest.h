// Seals what is stored and not sent: journal bodies, the roster, key files (tocsin-security(7)).
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

// A key file holds a secret under a passphrase (Argon2id, about a second, 256 MiB), or unprotected
// in a drill's temporary home. It names its protection. Its magic, version and kind tell a wrong
// file from a wrong passphrase.
enum class Protection : std::uint8_t { passphrase, none };
// The work of trying one passphrase. It is written into the file. A file that asks for more than
// 2 GiB or 16 passes is refused, so that a hostile file cannot exhaust the machine.
struct Stretch {
  std::uint32_t passes = 6;
  std::uint32_t memory_kib = 256 * 1024;
};
// `kind` says what the key is for, in 1 to 64 bytes: "tocsin coordinator". Protection::none ignores
// `passphrase`.
base::Bytes protect_key(std::string_view kind, base::ByteView secret, Protection protection,
                        std::string_view passphrase, base::Random& random, Stretch stretch = {});
struct KeyFile {
  std::string kind;
  Protection protection = Protection::none;
};
std::optional<KeyFile> describe_key_file(base::ByteView file);
// nullopt when the passphrase is wrong or the file was changed. Faults when there is not enough
// memory to try. The caller wipes the result.
std::optional<base::Bytes> open_key_file(base::ByteView file, std::string_view passphrase);

}  // namespace tocsin::seal
