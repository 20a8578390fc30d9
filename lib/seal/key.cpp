#include "seal/key.h"

#include <algorithm>

#include "seal/sodium.h"

namespace tocsin::seal {

namespace {

constexpr std::string_view kSignaturePrefix = "tocsin/v1";
constexpr std::string_view kKeyIdPrefix = "tocsin/v1/key-id";

base::Bytes text_of_domain(Domain domain, base::ByteView message) {
  base::Bytes text;
  text.reserve(kSignaturePrefix.size() + 1 + message.size());
  text.insert(text.end(), kSignaturePrefix.begin(), kSignaturePrefix.end());
  text.push_back(static_cast<std::uint8_t>(domain));
  text.insert(text.end(), message.begin(), message.end());
  return text;
}

}  // namespace

std::string to_text(const KeyId& id) { return base::to_base64url(id.bytes); }

std::optional<KeyId> key_id_from_text(std::string_view text) {
  const auto bytes = base::from_base64url(text);
  KeyId id;
  if (!bytes || bytes->size() != id.bytes.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), id.bytes.begin());
  return id;
}

std::array<std::uint8_t, 64> sha512(base::ByteView bytes) {
  std::array<std::uint8_t, 64> hash{};
  crypto_hash_sha512(hash.data(), bytes.data(), bytes.size());
  return hash;
}

SigningKey SigningKey::generate(base::Random& random) {
  SecretBytes<32> seed;
  random.fill(seed.fill());
  return from_seed(seed);
}

SigningKey SigningKey::from_seed(const SecretBytes<32>& seed) {
  start_sodium();
  SigningKey key;
  crypto_sign_seed_keypair(key.public_.bytes.data(), key.secret_.data(), seed.data());
  return key;
}

Signature SigningKey::sign(Domain domain, base::ByteView message) const {
  const base::Bytes text = text_of_domain(domain, message);
  Signature signature;
  crypto_sign_detached(signature.bytes.data(), nullptr, text.data(), text.size(), secret_.data());
  return signature;
}

SecretBytes<32> SigningKey::seed() const {
  SecretBytes<32> seed;
  crypto_sign_ed25519_sk_to_seed(seed.data(), secret_.data());
  return seed;
}

bool verify(const VerifyKey& key, Domain domain, base::ByteView message,
            const Signature& signature) {
  const base::Bytes text = text_of_domain(domain, message);
  return crypto_sign_verify_detached(signature.bytes.data(), text.data(), text.size(),
                                     key.bytes.data()) == 0;
}

bool can_seal_to(const SealingKey& key) {
  constexpr std::array<std::uint8_t, 32> kAnyScalar{8};
  std::array<std::uint8_t, 32> shared{};
  return crypto_scalarmult(shared.data(), kAnyScalar.data(), key.bytes.data()) == 0;
}

OpeningKey OpeningKey::generate(base::Random& random) {
  SecretBytes<32> secret;
  random.fill(secret.fill());
  return from_secret(secret);
}

OpeningKey OpeningKey::from_secret(const SecretBytes<32>& secret) {
  start_sodium();
  OpeningKey key;
  key.secret_ = secret.copy();
  crypto_scalarmult_base(key.public_.bytes.data(), key.secret_.data());
  return key;
}

KeyId PublicIdentity::id() const {
  base::ByteWriter text;
  text.raw(base::bytes_of(kKeyIdPrefix));
  write(text, *this);
  const std::array<std::uint8_t, 64> hash = sha512(text.bytes());
  KeyId id;
  std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

void write(base::ByteWriter& out, const PublicIdentity& identity) {
  out.raw(identity.verify.bytes);
  out.raw(identity.seal.bytes);
}

PublicIdentity read_public_identity(base::ByteReader& in) {
  PublicIdentity identity;
  const base::ByteView verify = in.raw(identity.verify.bytes.size());
  std::copy(verify.begin(), verify.end(), identity.verify.bytes.begin());
  const base::ByteView seal = in.raw(identity.seal.bytes.size());
  std::copy(seal.begin(), seal.end(), identity.seal.bytes.begin());
  return identity;
}

Identity Identity::generate(base::Random& random) {
  SigningKey signing = SigningKey::generate(random);
  OpeningKey opening = OpeningKey::generate(random);
  return {std::move(signing), std::move(opening)};
}

Identity Identity::from_secret_halves(std::span<const std::uint8_t, 64> halves) {
  return {SigningKey::from_seed(SecretBytes<32>{halves.first<32>()}),
          OpeningKey::from_secret(SecretBytes<32>{halves.last<32>()})};
}

SecretBytes<64> Identity::secret_halves() const {
  SecretBytes<64> halves;
  const SecretBytes<32> seed = signing.seed();
  std::copy(seed.view().begin(), seed.view().end(), halves.data());
  std::copy(opening.secret().view().begin(), opening.secret().view().end(), halves.data() + 32);
  return halves;
}

}  // namespace tocsin::seal
