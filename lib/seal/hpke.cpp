#include "seal/hpke.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "base/fault.h"
#include "seal/hmac.h"
#include "seal/sodium.h"

namespace tocsin::seal::hpke {

namespace {

using base::Bytes;
using base::ByteView;

// The suite ids that go into every label: one of the KEM (RFC 9180 section 4.1), one of all of HPKE
// (section 5.1).
constexpr std::array<std::uint8_t, 5> kKemSuite{'K', 'E', 'M', 0x00, 0x20};
constexpr std::array<std::uint8_t, 10> suite_of(Aead aead) {
  const auto id = static_cast<std::uint16_t>(aead);
  return {'H',
          'P',
          'K',
          'E',
          0x00,
          0x20,
          0x00,
          0x01,
          static_cast<std::uint8_t>(id >> 8),
          static_cast<std::uint8_t>(id)};
}

Digest labeled_extract(ByteView suite, ByteView salt, std::string_view label, ByteView ikm) {
  return Hmac{salt}.add("HPKE-v1").add(suite).add(label).add(ikm).end();
}

// HKDF-Expand for one block, which is enough for this suite: key 32, nonce 12, secret 32 bytes.
Digest labeled_expand(ByteView suite, const Digest& prk, std::string_view label, ByteView info,
                      std::uint8_t length) {
  const std::array<std::uint8_t, 2> length_bytes{0, length};
  const std::array<std::uint8_t, 1> first_block{1};
  return Hmac{prk.view()}
      .add(length_bytes)
      .add("HPKE-v1")
      .add(suite)
      .add(label)
      .add(info)
      .add(first_block)
      .end();
}

Digest extract_and_expand(const SecretBytes<32>& dh, const EncapsulatedKey& enc,
                          const SealingKey& recipient) {
  std::array<std::uint8_t, 64> kem_context{};
  std::copy(enc.begin(), enc.end(), kem_context.begin());
  std::copy(recipient.bytes.begin(), recipient.bytes.end(), kem_context.begin() + 32);
  const Digest prk = labeled_extract(kKemSuite, {}, "eae_prk", dh.view());
  return labeled_expand(kKemSuite, prk, "shared_secret", kem_context, 32);
}

Context key_schedule(const Digest& shared_secret, const Purpose& purpose) {
  const auto suite = suite_of(purpose.aead());
  const Digest secret = labeled_extract(suite, shared_secret.view(), "secret", {});
  Digest key = labeled_expand(suite, secret, "key", purpose.schedule(), 32);
  const Digest nonce = labeled_expand(suite, secret, "base_nonce", purpose.schedule(), 12);
  Nonce base_nonce{};
  std::copy_n(nonce.data(), base_nonce.size(), base_nonce.begin());
  return Context{purpose.aead(), std::move(key), base_nonce};
}

}  // namespace

Purpose::Purpose(ByteView info, Aead aead) noexcept : aead_(aead) {
  constexpr std::uint8_t kBaseMode = 0;
  start_sodium();
  const auto suite = suite_of(aead);
  const Digest psk_id_hash = labeled_extract(suite, {}, "psk_id_hash", {});
  const Digest info_hash = labeled_extract(suite, {}, "info_hash", info);
  schedule_ = {kBaseMode};
  std::copy(psk_id_hash.view().begin(), psk_id_hash.view().end(), schedule_.begin() + 1);
  std::copy(info_hash.view().begin(), info_hash.view().end(), schedule_.begin() + 33);
}

Context::Context(Aead aead, SecretBytes<32> key, const Nonce& base_nonce) noexcept
    : aead_(aead), key_(std::move(key)), base_nonce_(base_nonce) {}

Nonce Context::nonce() const noexcept {
  Nonce nonce = base_nonce_;
  for (std::size_t i = 0; i < 8; ++i)
    nonce[11 - i] = static_cast<std::uint8_t>(nonce[11 - i] ^ sequence_ >> 8 * i);
  return nonce;
}

void Context::seal_onto(Bytes& out, ByteView aad, ByteView plaintext) {
  aead_seal(aead_, key_, nonce(), aad, plaintext, out);
  ++sequence_;
}

Bytes Context::seal(ByteView aad, ByteView plaintext) {
  Bytes sealed;
  seal_onto(sealed, aad, plaintext);
  return sealed;
}

std::optional<Bytes> Context::open(ByteView aad, ByteView ciphertext) {
  auto plaintext = aead_open(aead_, key_, nonce(), aad, ciphertext);
  if (plaintext) ++sequence_;
  return plaintext;
}

SenderContext setup_sender(const SealingKey& recipient, const Purpose& purpose,
                           base::Random& random) {
  SecretBytes<32> ephemeral;
  random.fill(ephemeral.fill());
  EncapsulatedKey enc{};
  crypto_scalarmult_base(enc.data(), ephemeral.data());
  SecretBytes<32> dh;
  if (crypto_scalarmult(dh.data(), ephemeral.data(), recipient.bytes.data()) != 0)
    throw base::Fault(base::Exit::untrusted, "cannot seal to a key of small order",
                      "the recipient must make a new key and enrol again");
  return {purpose.aead(), enc, key_schedule(extract_and_expand(dh, enc, recipient), purpose)};
}

std::optional<Context> setup_recipient(const EncapsulatedKey& enc, const OpeningKey& recipient,
                                       const Purpose& purpose) {
  SecretBytes<32> dh;
  if (crypto_scalarmult(dh.data(), recipient.secret().data(), enc.data()) != 0) return std::nullopt;
  return key_schedule(extract_and_expand(dh, enc, recipient.sealing_key()), purpose);
}

Bytes seal_once(const SealingKey& recipient, ByteView info, ByteView aad, ByteView plaintext,
                base::Random& random) {
  SenderContext sender = setup_sender(recipient, {info, preferred_aead()}, random);
  base::ByteWriter out;
  out.u16(static_cast<std::uint16_t>(sender.aead));
  out.raw(sender.enc);
  Bytes sealed = out.take();
  sender.context.seal_onto(sealed, aad, plaintext);
  return sealed;
}

std::optional<Bytes> open_once(const OpeningKey& recipient, ByteView info, ByteView aad,
                               ByteView sealed) {
  base::ByteReader in{sealed};
  const auto aead = usable_aead(in.u16());
  const ByteView enc_bytes = in.raw(32);
  if (!in.ok() || !aead) return std::nullopt;
  EncapsulatedKey enc{};
  std::copy(enc_bytes.begin(), enc_bytes.end(), enc.begin());
  auto context = setup_recipient(enc, recipient, {info, *aead});
  return context ? context->open(aad, in.raw(in.left())) : std::nullopt;
}

}  // namespace tocsin::seal::hpke
