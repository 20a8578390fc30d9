#include "seal/hpke.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/fault.h"
#include "unit/seal/scripted_random.h"

namespace tocsin::seal {
namespace {

using base::Bytes;

Bytes from_hex(std::string_view text) { return base::from_hex(text).value(); }

template <class Key>
Key key_from_hex(std::string_view text) {
  const Bytes bytes = from_hex(text);
  Key key{};
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

OpeningKey opening_key(std::string_view text) {
  return OpeningKey::from_secret(
      SecretBytes<32>{std::span<const std::uint8_t, 32>{from_hex(text).data(), 32}});
}

struct RfcVector {
  int aead;
  std::string info, recipient_secret, recipient_public, ephemeral_secret, enc, plaintext;
  std::vector<std::string> ciphertexts;
};

const std::vector<RfcVector>& rfc_vectors() {
  static const std::vector<RfcVector> vectors{
#include "vectors/hpke_rfc9180.inc"
  };
  return vectors;
}

TEST(Hpke, SealsEveryPublishedVector) {
  for (const RfcVector& vector : rfc_vectors()) {
    const auto aead = usable_aead(static_cast<std::uint16_t>(vector.aead));
    if (!aead) continue;  // no AES in this processor
    ScriptedRandom random{from_hex(vector.ephemeral_secret)};
    const SealingKey recipient{key_from_hex<decltype(SealingKey::bytes)>(vector.recipient_public)};
    auto sender = hpke::setup_sender(recipient, {from_hex(vector.info), *aead}, random);
    EXPECT_EQ(base::to_hex(sender.enc), vector.enc);
    EXPECT_TRUE(random.is_used_up());
    ASSERT_EQ(vector.ciphertexts.size(), 257u);
    for (std::size_t i = 0; i < vector.ciphertexts.size(); ++i)
      EXPECT_EQ(base::to_hex(sender.context.seal(base::bytes_of(fmt::format("Count-{}", i)),
                                                 from_hex(vector.plaintext))),
                vector.ciphertexts[i])
          << "aead " << vector.aead << ", message " << i;
  }
}

TEST(Hpke, OpensEveryPublishedVector) {
  for (const RfcVector& vector : rfc_vectors()) {
    const auto aead = usable_aead(static_cast<std::uint16_t>(vector.aead));
    if (!aead) continue;
    const OpeningKey recipient = opening_key(vector.recipient_secret);
    EXPECT_EQ(base::to_hex(recipient.sealing_key().bytes), vector.recipient_public);
    auto context = hpke::setup_recipient(key_from_hex<hpke::EncapsulatedKey>(vector.enc), recipient,
                                         {from_hex(vector.info), *aead});
    ASSERT_TRUE(context);
    for (std::size_t i = 0; i < vector.ciphertexts.size(); ++i) {
      const auto plaintext = context->open(base::bytes_of(fmt::format("Count-{}", i)),
                                           from_hex(vector.ciphertexts[i]));
      ASSERT_TRUE(plaintext) << "aead " << vector.aead << ", message " << i;
      EXPECT_EQ(base::to_hex(*plaintext), vector.plaintext);
    }
  }
}

TEST(Hpke, AFailedOpenDoesNotMoveTheSequenceOn) {
  const RfcVector& vector = rfc_vectors().back();
  auto context = hpke::setup_recipient(key_from_hex<hpke::EncapsulatedKey>(vector.enc),
                                       opening_key(vector.recipient_secret),
                                       {from_hex(vector.info), Aead::chacha20_poly1305});
  ASSERT_TRUE(context);
  EXPECT_FALSE(context->open(base::bytes_of("Count-1"), from_hex(vector.ciphertexts[1])));
  EXPECT_TRUE(context->open(base::bytes_of("Count-0"), from_hex(vector.ciphertexts[0])));
  EXPECT_TRUE(context->open(base::bytes_of("Count-1"), from_hex(vector.ciphertexts[1])));
}

TEST(Hpke, RefusesKeysOfSmallOrder) {
  base::SeededRandom random{1};
  const SealingKey zero{};
  SealingKey one{};
  one.bytes[0] = 1;
  const OpeningKey recipient = OpeningKey::generate(random);
  for (const SealingKey& key : {zero, one}) {
    EXPECT_THROW(hpke::setup_sender(key, {{}, preferred_aead()}, random), base::Fault);
    EXPECT_FALSE(hpke::setup_recipient(key.bytes, recipient, {{}, preferred_aead()}));
    EXPECT_FALSE(can_seal_to(key));
  }
  EXPECT_TRUE(can_seal_to(recipient.sealing_key()));
}

TEST(Hpke, SingleShotOpensForTheRecipientAlone) {
  base::SeededRandom random{2};
  const OpeningKey ours = OpeningKey::generate(random);
  const OpeningKey other = OpeningKey::generate(random);
  const auto info = base::bytes_of("info");
  const auto aad = base::bytes_of("aad");
  const Bytes sealed =
      hpke::seal_once(ours.sealing_key(), info, aad, base::bytes_of("secret"), random);
  const auto opened = hpke::open_once(ours, info, aad, sealed);
  ASSERT_TRUE(opened);
  EXPECT_EQ(base::text_of(*opened), "secret");
  EXPECT_FALSE(hpke::open_once(other, info, aad, sealed));
  EXPECT_FALSE(hpke::open_once(ours, base::bytes_of("other"), aad, sealed));
  EXPECT_FALSE(hpke::open_once(ours, info, base::bytes_of("other"), sealed));
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_FALSE(hpke::open_once(ours, info, aad, base::ByteView{sealed}.first(size)));
  // X25519 ignores the highest bit of the encapsulated key, but the KEM context does not.
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes changed = sealed;
      changed[at] = static_cast<std::uint8_t>(changed[at] ^ 1 << bit);
      EXPECT_FALSE(hpke::open_once(ours, info, aad, changed)) << at << '.' << bit;
    }
  }
}

}  // namespace
}  // namespace tocsin::seal
