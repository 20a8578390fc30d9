#include "seal/provider_mac.h"

#include <gtest/gtest.h>

namespace tocsin::seal {
namespace {

using base::bytes_of;
using base::to_hex;

// RFC 4231 and RFC 2202, test cases 2.
TEST(ProviderMac, IsThatOfTheStandards) {
  const base::ByteView key = bytes_of("Jefe");
  const base::ByteView text = bytes_of("what do ya want for nothing?");
  EXPECT_EQ(to_hex(hmac_sha256(key, text)),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha1(key, text)), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  EXPECT_EQ(to_hex(sha256(bytes_of("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(ProviderMac, IsMadeOfNothingAsWell) {
  EXPECT_EQ(to_hex(hmac_sha1({}, {})), "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
  EXPECT_EQ(to_hex(hmac_sha256({}, {})),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(ProviderMac, ComparesWhole) {
  EXPECT_TRUE(is_same("abc", "abc"));
  EXPECT_TRUE(is_same("", ""));
  EXPECT_FALSE(is_same("abc", "abd"));
  EXPECT_FALSE(is_same("abc", "ab"));
  EXPECT_FALSE(is_same("", "a"));
}

}  // namespace
}  // namespace tocsin::seal
