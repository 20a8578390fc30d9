// Keys and what they do: an Ed25519 pair signs, an X25519 pair opens what was sealed to it (design
// §7). Secret halves live in memory that is wiped when they go; they are moved, never copied by
// accident.
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

// Names a holder of keys: the first 16 bytes of SHA-512("tocsin/v1/key-id" ‖ verify ‖ seal). A
// mailbox on the relay has the key id of the one who may read it.
struct KeyId {
  std::array<std::uint8_t, 16> bytes{};
  friend auto operator<=>(const KeyId&, const KeyId&) = default;
};
std::string to_text(const KeyId& id);  // 22 characters of base64url
std::optional<KeyId> key_id_from_text(std::string_view text);

// The hash of what browsers take part in: they have it, and not BLAKE2b.
std::array<std::uint8_t, 64> sha512(base::ByteView bytes);

// What each signature is for, mixed into what is signed, so that none can be passed off as another.
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

// False for a wrong signature and for the public keys of small order that libsodium refuses.
bool verify(const VerifyKey& key, Domain domain, base::ByteView message,
            const Signature& signature);

// False for a public key of small order: nothing can be sealed to it, and no honest device makes
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

// Both halves of one holder: the organisation, a coordinator, an incident, or a device.
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
  // How key files, wraps and keyrings hold it: Ed25519 seed ‖ X25519 secret.
  static Identity from_secret_halves(std::span<const std::uint8_t, 64> halves);
  SecretBytes<64> secret_halves() const;
  PublicIdentity public_identity() const { return {signing.verify_key(), opening.sealing_key()}; }
};

}  // namespace tocsin::seal
