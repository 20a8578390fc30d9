#include "device/enrolment.h"

#include "base/fault.h"
#include "unit/device/caller.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::device {
namespace {

class EnrolmentTest : public testing::Test {
 protected:
  roster::Invitation invite() { return invite(caller_); }
  static roster::Invitation invite(Caller& caller) {
    return roster::invite({caller.organisation.signing,
                           caller.organisation.public_identity(),
                           caller.enrolment.public_identity(),
                           "http://127.0.0.1:9",
                           {}},
                          roster::PersonId{"ana"}, caller.clock.now(), std::chrono::hours{72},
                          caller.random);
  }
  home::DeviceHome make_or_open(const roster::Invitation& invitation) {
    return device::make_or_open(path(), invitation, seal::Protection::none, nothing_,
                                caller_.random);
  }
  std::filesystem::path path() const { return folder_.path() / "device"; }

  Caller caller_;
  home::TemporaryFolder folder_;
  const home::Passphrase nothing_{{}};
};

TEST_F(EnrolmentTest, GoesOnWithTheSameKeyOnASecondTry) {
  const roster::Invitation invitation = invite();
  const home::DeviceHome first = make_or_open(invitation);
  EXPECT_EQ(first.enrolment().organisation, caller_.organisation.public_identity());
  EXPECT_EQ(make_or_open(invitation).device(), first.device());
  EXPECT_EQ(unlock(first, nothing_).public_identity(), first.device());
}

TEST_F(EnrolmentTest, MakesAnotherKeyForAnotherInvitation) {
  const seal::PublicIdentity first = make_or_open(invite()).device();
  EXPECT_NE(make_or_open(invite()).device(), first);
}

TEST_F(EnrolmentTest, BeginsAnewAfterADestructionThatWasCutShort) {
  make_or_open(invite());
  std::filesystem::remove(path() / "device.key");
  EXPECT_FALSE(home::DeviceHome::exists(path()));
  const roster::Invitation invitation = invite();
  const home::DeviceHome second = make_or_open(invitation);
  EXPECT_EQ(unlock(second, nothing_).public_identity(), second.device());
  EXPECT_EQ(make_or_open(invitation).device(), second.device());
}

TEST_F(EnrolmentTest, RemovesNothingWhenItsKeyCannotBeLookedAt) {
  make_or_open(invite());
  std::filesystem::remove(path() / "device.key");
  std::filesystem::create_symlink("device.key", path() / "device.key");
  home::DeviceHome::finish_killed(path());
  EXPECT_TRUE(std::filesystem::exists(path() / "enrolment"));
}

TEST_F(EnrolmentTest, AnAcceptedDeviceStaysWhatItIs) {
  home::DeviceHome home = make_or_open(invite());
  home::Enrolment accepted = home.enrolment();
  accepted.list = 1;
  home.set_enrolment(accepted);
  EXPECT_EQ(make_or_open(invite()).device(), home.device());
}

TEST_F(EnrolmentTest, LeavesAFolderOfAnotherOrganisationAlone) {
  const seal::PublicIdentity first = make_or_open(invite()).device();
  Caller other;
  EXPECT_THROW(make_or_open(invite(other)), base::Fault);
  EXPECT_EQ(home::DeviceHome::open(path()).device(), first);
}

TEST_F(EnrolmentTest, SaysWhenNoRelayTookIt) {
  const roster::Invitation invitation = invite();
  const home::DeviceHome home = make_or_open(invitation);
  const channel::Delivery delivery =
      enrol(invitation, unlock(home, nothing_), "phone", caller_.clock, caller_.random);
  EXPECT_GT(delivery.receipt, contact::Receipt::read);
}

}  // namespace
}  // namespace tocsin::device
