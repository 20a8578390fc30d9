#include "roster/membership/membership.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace tocsin::roster {
namespace {

const base::Instant kNow = *base::from_rfc3339("2026-11-22T22:40:00Z");

class MembershipTest : public ::testing::Test {
 protected:
  seal::PublicIdentity keys() { return seal::Identity::generate(random_).public_identity(); }
  Device device(std::string person) {
    return {PersonId{std::move(person)}, keys(), "Ana's phone", kNow, "J. Moss", std::nullopt};
  }
  base::SeededRandom random_{1};
  seal::SigningKey organisation_ = seal::SigningKey::generate(random_);
};

TEST_F(MembershipTest, ListsDevicesByPersonAndByKey) {
  Membership list;
  const Device first = device("a");
  const Device second = device("a");
  ASSERT_TRUE(list.add(first));
  ASSERT_TRUE(list.add(second));
  ASSERT_TRUE(list.add(device("b")));
  EXPECT_EQ(list.live_devices(PersonId{"a"}).size(), 2u);
  EXPECT_EQ(list.find(second.keys.id())->keys, second.keys);
  EXPECT_EQ(list.find(second.keys.verify)->keys, second.keys);
  EXPECT_EQ(list.find(keys().id()), nullptr);
}

TEST_F(MembershipTest, ARevokedDeviceStaysRevoked) {
  Membership list;
  const Device lost = device("a");
  ASSERT_TRUE(list.add(lost));
  EXPECT_TRUE(list.revoke(lost.keys.id(), {kNow, "J. Moss", "lost on a bus"}));
  EXPECT_FALSE(list.revoke(lost.keys.id(), {kNow, "J. Moss", "again"}));
  EXPECT_TRUE(list.live_devices(PersonId{"a"}).empty());
  EXPECT_EQ(list.find(lost.keys.id())->revoked->reason, "lost on a bus");
  EXPECT_FALSE(list.add(lost));
}

TEST_F(MembershipTest, ComesBackSignedAndNumbered) {
  Membership list;
  const Device lost = device("a");
  ASSERT_TRUE(list.add(lost));
  ASSERT_TRUE(list.add(device("b")));
  ASSERT_TRUE(list.revoke(lost.keys.id(), {kNow, "J. Moss", "lost"}));
  list.review(std::chrono::floor<std::chrono::days>(kNow));
  const base::Bytes bytes = sign_membership(list, organisation_, kNow);
  EXPECT_EQ(list.number(), 1u);
  const auto back = open_membership(bytes, organisation_.verify_key());
  ASSERT_TRUE(std::holds_alternative<Membership>(back));
  EXPECT_EQ(std::get<Membership>(back), list);
}

TEST_F(MembershipTest, YesterdaysListIsRefused) {
  Membership list;
  ASSERT_TRUE(list.add(device("a")));
  const base::Bytes yesterday = sign_membership(list, organisation_, kNow);
  sign_membership(list, organisation_, kNow);
  const auto opened = open_membership(yesterday, organisation_.verify_key(), list.number());
  ASSERT_TRUE(std::holds_alternative<MembershipRejection>(opened));
  EXPECT_EQ(std::get<MembershipRejection>(opened), MembershipRejection::older);
  EXPECT_TRUE(std::holds_alternative<Membership>(
      open_membership(yesterday, organisation_.verify_key(), 1)));
}

TEST_F(MembershipTest, AChangeAnywhereIsFound) {
  Membership list;
  ASSERT_TRUE(list.add(device("a")));
  const base::Bytes good = sign_membership(list, organisation_, kNow);
  for (std::size_t i = 0; i < good.size(); ++i) {
    base::Bytes bad = good;
    bad[i] ^= 1;
    EXPECT_TRUE(std::holds_alternative<MembershipRejection>(
        open_membership(bad, organisation_.verify_key())));
    EXPECT_TRUE(std::holds_alternative<MembershipRejection>(
        open_membership(base::ByteView{good}.first(i), organisation_.verify_key())));
  }
  const seal::SigningKey stranger = seal::SigningKey::generate(random_);
  EXPECT_EQ(std::get<MembershipRejection>(open_membership(good, stranger.verify_key())),
            MembershipRejection::bad_signature);
}

}  // namespace
}  // namespace tocsin::roster
