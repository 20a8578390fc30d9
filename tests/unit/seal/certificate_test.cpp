#include "seal/certificate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/fault.h"

namespace tocsin::seal {
namespace {

using base::Bytes;

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

// Signed by the organisation itself, so that the signature is no help.
TEST_F(Certificates, AreNotReadWithARoleATimeOrANameThatCannotBe) {
  const Bytes good = encode(certificate_);
  const auto with = [&](std::size_t at, Bytes bytes) {
    Bytes changed = good;
    std::copy(bytes.begin(), bytes.end(), changed.begin() + static_cast<std::ptrdiff_t>(at));
    const auto part = base::ByteView{changed}.first(changed.size() - 64);
    const Signature signature = organisation_.sign(Domain::certificate, part);
    std::copy(signature.bytes.begin(), signature.bytes.end(), changed.end() - 64);
    return decode_certificate(changed);
  };
  // tocsin-envelope(5), CERTIFICATES: magic 4, version 1, role 1, keys 64, name, serial 8, …
  const std::size_t name = 4 + 1 + 1 + 64 + 1;
  const std::size_t issued = name + certificate_.name.size() + 8;
  ASSERT_TRUE(with(5, {1}));
  EXPECT_FALSE(with(5, {0}));
  EXPECT_FALSE(with(5, {7}));
  EXPECT_FALSE(with(4, {2})) << "a version that is not known yet";
  EXPECT_FALSE(with(name, {0x1b})) << "would move the cursor";
  EXPECT_FALSE(with(name, {0xff})) << "not UTF-8";
  EXPECT_FALSE(with(issued, {0xff})) << "before 1970";
  EXPECT_FALSE(with(issued + 8, {0x7f})) << "after the year 9999";
}

TEST_F(Certificates, OfTiersAreThoseOfCoordinators) {
  for (int number = 1; number <= 6; ++number)
    EXPECT_EQ(is_coordinator(static_cast<Role>(number)), number <= 3) << number;
}

}  // namespace
}  // namespace tocsin::seal
