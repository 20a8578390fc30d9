#include "wire/proof.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace tocsin::wire {
namespace {

using base::Bytes;
using base::Instant;
using base::Milliseconds;

const Instant kSignedAt{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} +
                        std::chrono::hours{22}};

seal::Identity identity(std::uint64_t seed) {
  base::SeededRandom random{seed};
  return seal::Identity::generate(random);
}

TEST(Proof, HoldsForTheRequestItWasMadeForAndNoOther) {
  const seal::Identity one = identity(1);
  const Bytes body{1, 2, 3};
  const Asked asked{"POST", "relay.example", "/v1/messages", body};
  const auto proof = decode_proof(prove(one.signing, one.public_identity(), kSignedAt, asked));
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->identity, one.public_identity());
  EXPECT_EQ(proof->time, kSignedAt);
  EXPECT_TRUE(is_proven(*proof, asked));

  const Bytes other_body{1, 2, 4};
  EXPECT_FALSE(is_proven(*proof, {"GET", "relay.example", "/v1/messages", body}));
  EXPECT_FALSE(is_proven(*proof, {"POST", "other.example", "/v1/messages", body}));
  EXPECT_FALSE(is_proven(*proof, {"POST", "relay.example", "/v1/messages?", body}));
  EXPECT_FALSE(is_proven(*proof, {"POST", "relay.example", "/v1/messages", other_body}));
  Proof changed = *proof;
  changed.time += Milliseconds{1};
  EXPECT_FALSE(is_proven(changed, asked));
  changed = *proof;
  changed.identity.seal.bytes[0] ^= 1;  // the sealing key is signed, too
  EXPECT_FALSE(is_proven(changed, asked));
  changed = *proof;
  changed.identity.verify = identity(2).public_identity().verify;
  EXPECT_FALSE(is_proven(changed, asked));
}

TEST(Proof, AFieldCannotLendItsBytesToTheNext) {
  const seal::Identity one = identity(1);
  const auto proof = decode_proof(
      prove(one.signing, one.public_identity(), kSignedAt, {"GET", "relay.example", "/a", {}}));
  ASSERT_TRUE(proof);
  EXPECT_FALSE(is_proven(*proof, {"GET", "relay.exampl", "e/a", {}}));
  EXPECT_FALSE(is_proven(*proof, {"GETrelay", ".example", "/a", {}}));
}

TEST(Proof, EveryFlippedBitIsRefused) {
  const seal::Identity one = identity(1);
  const Asked asked{"GET", "h", "/v1/mailbox/x", {}};
  const Bytes bytes =
      *base::from_base64url(prove(one.signing, one.public_identity(), kSignedAt, asked));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 0x10;
    const auto proof = decode_proof(base::to_base64url(changed));
    EXPECT_FALSE(proof && is_proven(*proof, asked)) << i;
  }
}

TEST(Proof, RefusesJunk) {
  for (const char* text : {"", "AAAA", "not base64!", "AQ"}) EXPECT_FALSE(decode_proof(text));
  base::SeededRandom random{3};
  for (int i = 0; i < 2'000; ++i) {
    Bytes junk(static_cast<std::size_t>(random.below(300)));
    random.fill(junk);
    EXPECT_FALSE(decode_proof(base::to_base64url(junk)));
  }
}

}  // namespace
}  // namespace tocsin::wire
