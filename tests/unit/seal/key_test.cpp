#include "seal/key.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/fault.h"
#include "base/text.h"
#include "seal/certificate.h"
#include "seal/entropy.h"
#include "seal/words.h"

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

TEST(Identities, AreDrawnFromTheOperatingSystem) {
  Entropy entropy;
  EXPECT_NE(Identity::generate(entropy).public_identity(),
            Identity::generate(entropy).public_identity());
}

TEST(Secrets, AreGoneOnceMoved) {
  SecretBytes<4> first{std::span<const std::uint8_t, 4>{hex("01020304").data(), 4}};
  const SecretBytes<4> second = std::move(first);
  EXPECT_TRUE(std::ranges::all_of(first.view(), [](auto byte) { return byte == 0; }));
  EXPECT_EQ(second.view()[3], 4);
  EXPECT_TRUE(equal_in_constant_time(hex("0102"), hex("0102")));
  EXPECT_FALSE(equal_in_constant_time(hex("0102"), hex("0103")));
  EXPECT_FALSE(equal_in_constant_time(hex("0102"), hex("010200")));
}

TEST(Words, AreFarApartShortAndSorted) {
  const auto words = fingerprint_word_list();
  EXPECT_TRUE(std::ranges::is_sorted(words));
  for (std::size_t i = 0; i < words.size(); ++i) {
    EXPECT_GE(words[i].size(), 4u) << words[i];
    EXPECT_LE(words[i].size(), 8u) << words[i];
    EXPECT_TRUE(std::ranges::all_of(words[i], [](char c) { return c >= 'a' && c <= 'z'; }));
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_GE(base::edit_distance(words[i], words[j]), 2u) << words[i] << ' ' << words[j];
      EXPECT_NE(words[i].substr(0, 4), words[j].substr(0, 4));
    }
  }
}

TEST(Words, StayTheSameForTheSameKeys) {
  // The words are printed on cards, so a change here would make every card wrong. The key id was
  // computed separately, with Python's hashlib.
  PublicIdentity identity;
  for (std::size_t i = 0; i < 32; ++i) {
    identity.verify.bytes[i] = static_cast<std::uint8_t>(i);
    identity.seal.bytes[i] = static_cast<std::uint8_t>(i + 32);
  }
  EXPECT_EQ(base::to_hex(identity.id().bytes), "dd34f296bea5499b7ecc34c7a43b22f4");
  EXPECT_EQ(fingerprint_words(identity), "sofa cactus umbrella linen peanut moss");
}

class Certificates : public testing::Test {
 protected:
  base::SeededRandom random_{5};
  SigningKey organisation_ = SigningKey::generate(random_);
  SigningKey other_ = SigningKey::generate(random_);
  Identity holder_ = Identity::generate(random_);
  base::Instant issued_{std::chrono::seconds{1'763'850'000}};
  base::Instant expires_ = issued_ + std::chrono::hours{24};
  Certificate certificate_ =
      issue_certificate(organisation_, Role::tactical, holder_.public_identity(), "Dr A. Okafor",
                        42, issued_, expires_);
};

TEST_F(Certificates, ReadBack) {
  const auto read = decode_certificate(encode(certificate_));
  ASSERT_TRUE(read);
  EXPECT_EQ(encode(*read), encode(certificate_));
  EXPECT_EQ(read->role, Role::tactical);
  EXPECT_EQ(read->subject, holder_.public_identity());
  EXPECT_EQ(read->name, "Dr A. Okafor");
  EXPECT_EQ(read->serial, 42u);
  EXPECT_EQ(read->issued, issued_);
  EXPECT_EQ(read->expires, expires_);
  EXPECT_TRUE(is_valid(*read, organisation_.verify_key(), issued_));
}

TEST_F(Certificates, HoldForTheirIssuerAndTheirLife) {
  EXPECT_FALSE(is_valid(certificate_, other_.verify_key(), issued_));
  EXPECT_TRUE(is_valid(certificate_, organisation_.verify_key(), issued_ - base::Minutes{10}));
  EXPECT_FALSE(is_valid(certificate_, organisation_.verify_key(), issued_ - base::Minutes{11}));
  EXPECT_TRUE(is_valid(certificate_, organisation_.verify_key(), expires_ - base::Milliseconds{1}));
  EXPECT_FALSE(is_valid(certificate_, organisation_.verify_key(), expires_));
}

TEST_F(Certificates, ThatSomebodyElseSignsAreWorthNothing) {
  Certificate forged = issue_certificate(other_, Role::strategic, holder_.public_identity(), "Me",
                                         43, issued_, expires_);
  EXPECT_FALSE(is_valid(forged, organisation_.verify_key(), issued_));
  forged.issuer = organisation_.verify_key();
  EXPECT_FALSE(is_valid(forged, organisation_.verify_key(), issued_));
}

TEST_F(Certificates, AreRefusedWhenCutOrChangedAnywhere) {
  const Bytes good = encode(certificate_);
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(decode_certificate(base::ByteView{good}.first(size))) << size;
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(decode_certificate(longer));
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes changed = good;
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ 1 << bit);
      const auto read = decode_certificate(changed);
      EXPECT_FALSE(read && is_valid(*read, organisation_.verify_key(), issued_)) << i << '.' << bit;
    }
  }
}

TEST_F(Certificates, NameNobodyWhoCouldMoveTheCursor) {
  const auto issue = [&](std::string name) {
    issue_certificate(organisation_, Role::tactical, holder_.public_identity(), std::move(name), 1,
                      issued_, expires_);
  };
  EXPECT_THROW(issue("\x1b[2J"), base::Fault);
  EXPECT_THROW(issue(std::string(81, 'x')), base::Fault);
  EXPECT_NO_THROW(issue(std::string(80, 'x')));
  EXPECT_NO_THROW(issue("Zoë Ó Briain"));
}

}  // namespace
}  // namespace tocsin::seal
