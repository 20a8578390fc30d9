#include "control/revoking.h"

#include "base/fault.h"
#include "base/file.h"
#include "control/wakeable.h"
#include "unit/control/served.h"

namespace tocsin::control {
namespace {

class RevokingTest : public ServedRoom {
 protected:
  Revoking revoking(const std::string& target) {
    return {home_, keys_, clock_, target, [](const std::string& name) {
              if (name != "Ana Bell") throw base::Fault(base::Exit::usage, "nobody", "");
              return roster::PersonId{"ana"};
            }};
  }
  Revocation revoke(const std::string& target) {
    return revoking(target).revoke("lost", [this] {
      ++unlocked_;
      return organisation();
    });
  }
  const roster::Device& listed(const seal::Identity& device) {
    list_ = read_membership(home_, keys_.store);
    return *list_.find(device.public_identity().id());
  }

  const home::Home home_ = home();
  const home::Unlocked keys_ = keys();
  int unlocked_ = 0;  // how often the organisation's key was asked for
  roster::Membership list_;
};

TEST_F(RevokingTest, APersonLosesAllTheirDevicesAndNobodyElseAny) {
  const seal::Identity phone = enrol("ana");
  const seal::Identity tablet = enrol("ana");
  const seal::Identity other = enrol("ben");
  for (const auto& named : {std::string{"ana"}, std::string{"Ana Bell"}}) {
    const Revocation would = revoking(named).look();
    EXPECT_EQ(would.devices.size(), 2u);
    EXPECT_TRUE(listed(phone).is_live());
  }
  const Revocation revocation = revoke("Ana Bell");
  EXPECT_EQ(revocation.devices.size(), 2u);
  EXPECT_EQ(revocation.untold, "");
  EXPECT_FALSE(listed(phone).is_live());
  EXPECT_FALSE(listed(tablet).is_live());
  EXPECT_TRUE(listed(other).is_live());
  EXPECT_EQ(listed(phone).revoked->reason, "lost");
  EXPECT_EQ(revocation.membership, list_);
  EXPECT_EQ(mail_of(phone).size(), 1u);
  EXPECT_EQ(mail_of(tablet).size(), 1u);
  EXPECT_TRUE(mail_of(other).empty());
}

TEST_F(RevokingTest, ADeviceIsNamedByItsId) {
  const seal::Identity phone = enrol("ana");
  const seal::Identity tablet = enrol("ana");
  EXPECT_EQ(revoke(seal::to_text(tablet.public_identity().id())).devices.size(), 1u);
  EXPECT_TRUE(listed(phone).is_live());
  EXPECT_FALSE(listed(tablet).is_live());
}

TEST_F(RevokingTest, WhoeverLeftTheRosterIsNamedByIdWithoutIt) {
  const seal::Identity device = enrol("gone");
  EXPECT_EQ(revoke("gone").devices.size(), 1u);
  EXPECT_FALSE(listed(device).is_live());
}

TEST_F(RevokingTest, WhatWasRevokedBeforeIsToldAgainByItsId) {
  const seal::Identity device = enrol("ana");
  revoke(seal::to_text(device.public_identity().id()));
  const std::uint64_t number = read_membership(home_, keys_.store).number();
  const Revocation again = revoke(seal::to_text(device.public_identity().id()));
  EXPECT_TRUE(again.devices.empty());
  EXPECT_EQ(again.again.size(), 1u);
  EXPECT_EQ(mail_of(device).size(), 2u);
  EXPECT_EQ(read_membership(home_, keys_.store).number(), number);
}

TEST_F(RevokingTest, WithNothingToDoNoKeyIsAskedFor) {
  const seal::Identity device = enrol("ben");
  const Revocation nothing = revoke("Ana Bell");
  EXPECT_TRUE(nothing.devices.empty() && nothing.again.empty());
  EXPECT_EQ(unlocked_, 0);
  EXPECT_TRUE(listed(device).is_live());
}

// While the key is asked for, another process lists one more device of the person.
TEST_F(RevokingTest, AListThatChangedMeanwhileIsReadAgain) {
  const seal::Identity phone = enrol("ana");
  std::optional<seal::Identity> late;
  const Revocation revocation = revoking("ana").revoke("lost", [&] {
    late = enrol("ana");
    return organisation();
  });
  EXPECT_EQ(revocation.devices.size(), 2u);
  EXPECT_FALSE(listed(phone).is_live());
  EXPECT_FALSE(listed(*late).is_live());
}

TEST_F(RevokingTest, ADeviceIsShutOutEvenIfNobodyCanTellItSo) {
  const seal::Identity device = enrol("ana");
  server_->stop();
  EXPECT_NE(revoke("ana").untold, "");
  EXPECT_FALSE(listed(device).is_live());
}

}  // namespace
}  // namespace tocsin::control
