// Keys: an Ed25519 pair signs, an X25519 pair opens what was sealed to it (tocsin-envelope(5)).
// The memory of a secret half is wiped at the end of its life. Secret halves can be moved; copying
// one is explicit.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"
#include "seal/secret.h"

namespace tocsin::seal {

struct VerifyKey {  // Ed25519 public key, RFC 8032
  std::array<std::uint8_t, 32> bytes{};
  friend auto operator<=>(const VerifyKey&, const VerifyKey&) = default;
};
struct SealingKey {  // X25519 public key, RFC 7748
  std::array<std::uint8_t, 32> bytes{};
  friend auto operator<=>(const SealingKey&, const SealingKey&) = default;
};
struct Signature {
  std::array<std::uint8_t, 64> bytes{};
  friend bool operator==(const Signature&, const Signature&) = default;
};

// The name of a holder of keys: the first 16 bytes of SHA-512("tocsin/v1/key-id" ‖ verify ‖ seal).
// A mailbox on the relay is named by the key id of its reader.
struct KeyId {
  std::array<std::uint8_t, 16> bytes{};
  friend auto operator<=>(const KeyId&, const KeyId&) = default;
};
std::string to_text(const KeyId& id);  // 22 characters of base64url
std::optional<KeyId> key_id_from_text(std::string_view text);

// The hash for what browsers compute, too: they offer SHA-512 but not BLAKE2b.
std::array<std::uint8_t, 64> sha512(base::ByteView bytes);

// What a signature is for. It is part of the text that is signed, so that a signature for one
// purpose cannot be used for another.
enum class Domain : std::uint8_t {
  envelope = 1,
  certificate = 2,
  membership = 3,
  journal = 4,
  relay_request = 5,
  invitation = 6,
  standing = 7,
};

// Signs "tocsin/v1" ‖ domain (u8) ‖ message.
class SigningKey {
 public:
  static SigningKey generate(base::Random& random);
  static SigningKey from_seed(const SecretBytes<32>& seed);

  Signature sign(Domain domain, base::ByteView message) const;
  VerifyKey verify_key() const noexcept { return public_; }
  SecretBytes<32> seed() const;

 private:
  SigningKey() = default;
  SecretBytes<64> secret_;
  VerifyKey public_;
};

// False for a wrong signature, and for a public key of small order (libsodium refuses those).
bool verify(const VerifyKey& key, Domain domain, base::ByteView message,
            const Signature& signature);

// False for a public key of small order. Nothing can be sealed to it, and no honest device makes
// one.
bool can_seal_to(const SealingKey& key);

class OpeningKey {
 public:
  static OpeningKey generate(base::Random& random);
  static OpeningKey from_secret(const SecretBytes<32>& secret);

  SealingKey sealing_key() const noexcept { return public_; }
  const SecretBytes<32>& secret() const noexcept { return secret_; }

 private:
  OpeningKey() = default;
  SecretBytes<32> secret_;
  SealingKey public_;
};

// Both public keys of one holder: the organisation, a coordinator, an incident, or a device.
struct PublicIdentity {
  VerifyKey verify;
  SealingKey seal;
  KeyId id() const;
  friend auto operator<=>(const PublicIdentity&, const PublicIdentity&) = default;
};
void write(base::ByteWriter& out, const PublicIdentity& identity);  // 64 bytes: verify ‖ seal
PublicIdentity read_public_identity(base::ByteReader& in);

struct Identity {
  SigningKey signing;
  OpeningKey opening;

  static Identity generate(base::Random& random);
  // The form in which key files, wraps and keyrings hold it: Ed25519 seed ‖ X25519 secret.
  static Identity from_secret_halves(std::span<const std::uint8_t, 64> halves);
  SecretBytes<64> secret_halves() const;
  PublicIdentity public_identity() const { return {signing.verify_key(), opening.sealing_key()}; }
};

}  // namespace tocsin::seal
