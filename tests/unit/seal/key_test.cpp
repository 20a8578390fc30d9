#include "seal/key.h"

#include <gtest/gtest.h>

namespace tocsin::seal {
namespace {

using base::Bytes;

Bytes hex(std::string_view text) { return base::from_hex(text).value(); }

// hpke_test.cpp compares X25519 keys with those of RFC 9180.
TEST(Keys, SignAsRfc8032Says) {
  // Section 7.1, TEST 1.
  const Bytes seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  EXPECT_EQ(base::to_hex(SigningKey::from_seed(
                             SecretBytes<32>{std::span<const std::uint8_t, 32>{seed.data(), 32}})
                             .verify_key()
                             .bytes),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
}

TEST(Signatures, HoldForOneTextOneDomainAndOneKey) {
  base::SeededRandom random{1};
  const SigningKey key = SigningKey::generate(random);
  const SigningKey other = SigningKey::generate(random);
  const auto text = base::bytes_of("call them in");
  const Signature signature = key.sign(Domain::envelope, text);
  EXPECT_TRUE(verify(key.verify_key(), Domain::envelope, text, signature));
  EXPECT_FALSE(verify(other.verify_key(), Domain::envelope, text, signature));
  EXPECT_FALSE(verify(key.verify_key(), Domain::envelope, base::bytes_of("call them"), signature));
  for (int domain = 2; domain <= 6; ++domain)
    EXPECT_FALSE(verify(key.verify_key(), static_cast<Domain>(domain), text, signature));
  for (std::size_t i = 0; i < signature.bytes.size(); ++i) {
    Signature changed = signature;
    changed.bytes[i] ^= 1;
    EXPECT_FALSE(verify(key.verify_key(), Domain::envelope, text, changed)) << i;
  }
  EXPECT_FALSE(verify(VerifyKey{}, Domain::envelope, text, Signature{}));
}

TEST(Identities, ReadBackFromTheirSecretHalves) {
  base::SeededRandom random{2};
  const Identity identity = Identity::generate(random);
  const Identity again = Identity::from_secret_halves(identity.secret_halves().view());
  EXPECT_EQ(again.public_identity(), identity.public_identity());
  EXPECT_EQ(key_id_from_text(to_text(identity.public_identity().id())),
            identity.public_identity().id());
  EXPECT_FALSE(key_id_from_text("short"));
}
}  // namespace
}  // namespace tocsin::seal
