#include "seal/p256.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "unit/seal/es256.h"
#include "unit/seal/rfc8291.h"
#include "unit/seal/scripted_random.h"

namespace tocsin::seal {
namespace {

using namespace rfc8291;

TEST(P256, HasThePointsOfTheRfc) {
  EXPECT_EQ(base::to_base64url(key_of(kSender).point()), kSenderPoint);
  EXPECT_EQ(base::to_base64url(key_of(kReceiver).point()), kReceiverPoint);
}

TEST(P256, BothSidesAgreeOnTheSecretOfTheRfc) {
  const auto one = key_of(kSender).agree(fixed<65>(kReceiverPoint));
  const auto other = key_of(kReceiver).agree(fixed<65>(kSenderPoint));
  ASSERT_TRUE(one && other);
  EXPECT_EQ(base::to_base64url(one->view()), kSecret);
  EXPECT_EQ(base::to_base64url(other->view()), kSecret);
}

TEST(P256, RefusesWhatIsNoScalarAndNoPoint) {
  EXPECT_FALSE(P256Key::from_secret(SecretBytes<32>{}));
  SecretBytes<32> high;
  std::ranges::fill(high.fill(), 0xff);
  EXPECT_FALSE(P256Key::from_secret(high));

  const P256Key key = key_of(kSender);
  P256Point off = fixed<65>(kReceiverPoint);
  off[64] ^= 1;  // off the curve
  EXPECT_FALSE(key.agree(off));
  EXPECT_FALSE(key.agree({}));
  P256Point hybrid = fixed<65>(kReceiverPoint);
  hybrid[0] = 2;  // the mark of a compressed point, which would be shorter
  EXPECT_FALSE(key.agree(hybrid));
}

TEST(P256, SignsForItsOwnKeyAndItsMessageAlone) {
  base::SeededRandom random{7};
  for (int round = 0; round < 20; ++round) {
    const P256Key key = P256Key::generate(random);
    const P256Signature signature = key.sign(base::bytes_of("said"));
    EXPECT_TRUE(is_signed("said", signature, key.point()));
    EXPECT_FALSE(is_signed("sald", signature, key.point()));
    EXPECT_FALSE(is_signed("said", signature, P256Key::generate(random).point()));
  }
}

// SEC 2, 2.4.2: the order n of the curve. n - 1 is the largest secret.
TEST(P256, DrawsAgainWhatIsNotBelowTheOrder) {
  const base::Bytes order =
      base::from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551").value();
  base::Bytes largest = order;
  --largest.back();
  base::Bytes script = order;
  script.insert(script.end(), 32, 0);
  script.insert(script.end(), largest.begin(), largest.end());
  ScriptedRandom random{script};
  const P256Key key = P256Key::generate(random);
  EXPECT_TRUE(random.is_used_up());
  EXPECT_TRUE(std::ranges::equal(key.secret().view(), largest));
}

}  // namespace
}  // namespace tocsin::seal
