#include "device/message.h"

#include "unit/device/caller.h"

namespace tocsin::device {
namespace {

class MessageTest : public testing::Test {
 protected:
  std::optional<Message> open(base::ByteView envelope) const {
    return open_message(envelope, device_.opening, caller_.organisation.signing.verify_key(),
                        caller_.clock.now());
  }
  base::Bytes sealed(const seal::Header& header, const incident::Notice& notice) {
    return caller_.seal_for(device_.public_identity(), header, notice);
  }

  mutable Caller caller_;
  seal::Identity device_ = seal::Identity::generate(caller_.random);
};

TEST_F(MessageTest, OfACoordinatorIsOpened) {
  for (const seal::Kind kind : {seal::Kind::request, seal::Kind::decision, seal::Kind::update}) {
    const auto message = open(sealed(caller_.header(kind), caller_.notice()));
    ASSERT_TRUE(message);
    EXPECT_EQ(message->header.kind, kind);
    EXPECT_EQ(message->notice.text, "Please come");
  }
}

TEST_F(MessageTest, SaysWhomToRingAndThatItsIncidentHasEnded) {
  incident::Notice notice = caller_.notice();
  const auto plain = open(sealed(caller_.header(), notice));
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->notice.switchboard, "");
  EXPECT_FALSE(plain->notice.ended);
  EXPECT_FALSE(plain->notice.is_relief);
  notice.site = "St Bride's Hospital";
  notice.switchboard = "020 7946 0000";
  notice.ended = caller_.clock.now();
  notice.area = "Resus";
  notice.is_relief = true;
  const auto message = open(sealed(caller_.header(), notice));
  ASSERT_TRUE(message);
  EXPECT_EQ(message->notice.site, "St Bride's Hospital");
  EXPECT_EQ(message->notice.switchboard, "020 7946 0000");
  EXPECT_EQ(message->notice.ended, caller_.clock.now());
  EXPECT_TRUE(message->notice.is_relief);
}

TEST_F(MessageTest, OfAnotherKindIsRefused) {
  for (const seal::Kind kind : {seal::Kind::reply, seal::Kind::enrolment, seal::Kind::acceptance})
    EXPECT_FALSE(open(sealed(caller_.header(kind), caller_.notice())));
}

TEST_F(MessageTest, IsRefusedUnlessACertifiedCoordinatorSignedIt) {
  const seal::Identity stranger = seal::Identity::generate(caller_.random);
  const seal::PublicIdentity device = device_.public_identity();
  EXPECT_FALSE(open(caller_.seal_for(device, caller_.header(), caller_.notice(), stranger)))
      << "the certificate is somebody else's";
  incident::Notice notice = caller_.notice();
  notice.certificate = caller_.certify(seal::Role::device, caller_.coordinator);
  EXPECT_FALSE(open(sealed(caller_.header(), notice))) << "a device is no coordinator";
  notice.certificate = seal::issue_certificate(
      stranger.signing, seal::Role::tactical, caller_.coordinator.public_identity(), "", 1,
      caller_.clock.now() - std::chrono::hours{1}, caller_.clock.now() + std::chrono::hours{1});
  EXPECT_FALSE(open(sealed(caller_.header(), notice))) << "of another organisation";
  notice.certificate = seal::issue_certificate(
      caller_.organisation.signing, seal::Role::tactical, caller_.coordinator.public_identity(), "",
      1, caller_.clock.now() - std::chrono::hours{2}, caller_.clock.now() - std::chrono::hours{1});
  EXPECT_FALSE(open(sealed(caller_.header(), notice))) << "it has lapsed";
}

TEST_F(MessageTest, IsRefusedWhenItIsForSomebodyElseOrTooOldOrDamaged) {
  const seal::Identity other = seal::Identity::generate(caller_.random);
  EXPECT_FALSE(open(caller_.seal_for(other.public_identity(), caller_.header(), caller_.notice())));
  base::Bytes envelope = sealed(caller_.header(), caller_.notice());
  ASSERT_TRUE(open(envelope));
  envelope.back() ^= 1;
  EXPECT_FALSE(open(envelope));
  EXPECT_FALSE(open({}));
  seal::Header header = caller_.header();
  header.created = caller_.clock.now() - std::chrono::hours{2};
  header.expires = caller_.clock.now() - std::chrono::hours{1};
  EXPECT_FALSE(open(sealed(header, caller_.notice())));
}

}  // namespace
}  // namespace tocsin::device
