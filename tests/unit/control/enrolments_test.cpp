#include "control/enrolments.h"

#include "base/fault.h"
#include "base/file.h"
#include "seal/words.h"
#include "unit/control/served.h"

namespace tocsin::control {
namespace {

class EnrolmentsTest : public ServedRoom {
 protected:
  roster::Invitation invite(const char* person) {
    roster::Invitation invitation = ServedRoom::invite(person);
    pending_.push_back(roster::pending_of(invitation));
    return invitation;
  }

  Waiting fetch(const Sought& sought = {}) {
    const home::Home home = Room::home();
    const home::Unlocked keys = Room::keys();
    return Enrolments{home, keys, clock_}.fetch(pending_, read_membership(home, keys.store),
                                                sought);
  }

  std::vector<roster::PendingInvitation> pending_;
};

TEST_F(EnrolmentsTest, FindsWhoWaitsAndUsesUpTheInvitation) {
  const roster::Invitation invitation = invite("ana");
  const seal::Identity device = use(invitation);
  const Waiting waiting = fetch();
  ASSERT_EQ(waiting.devices.size(), 1u) << waiting.trouble;
  EXPECT_EQ(waiting.devices[0].person, roster::PersonId{"ana"});
  EXPECT_EQ(waiting.devices[0].device, device.public_identity());
  EXPECT_TRUE(pending_[0].is_used);
}

TEST_F(EnrolmentsTest, TurnsAwayTheSecondDeviceOfOneInvitation) {
  const roster::Invitation invitation = invite("ana");
  use(invitation);
  const seal::Identity second = use(invitation);
  const Waiting waiting = fetch();
  EXPECT_EQ(waiting.devices.size(), 1u);
  EXPECT_EQ(waiting.rejected, 1u);
  ASSERT_EQ(waiting.turned_away.size(), 1u);
  EXPECT_EQ(waiting.turned_away[0], second.public_identity());
}

TEST_F(EnrolmentsTest, AnInvitationIsLeftForWhoIsNotSought) {
  const seal::Identity ana = use(invite("ana"));
  const seal::Identity ben = use(invite("ben"));
  const Waiting waiting = fetch({seal::fingerprint_words(ben.public_identity())});
  ASSERT_EQ(waiting.devices.size(), 1u);
  EXPECT_EQ(waiting.devices[0].device, ben.public_identity());
  EXPECT_FALSE(pending_[0].is_used);
  EXPECT_TRUE(pending_[1].is_used);
}

TEST_F(EnrolmentsTest, TellsWhoIsListedAndForgetsWhatWasFetched) {
  const seal::Identity device = use(invite("ana"));
  const Waiting waiting = fetch();
  const home::Home home = Room::home();
  const home::Unlocked keys = Room::keys();
  Enrolments enrolments{home, keys, clock_};
  enrolments.tell(waiting, 1, organisation().signing, random_);
  EXPECT_EQ(mail_of(device).size(), 1u);
  enrolments.forget(waiting);
  EXPECT_TRUE(fetch().devices.empty());
}

TEST_F(EnrolmentsTest, SayWhyNobodyCouldBeAsked) {
  server_->stop();
  EXPECT_NE(fetch().trouble, "");
}

}  // namespace
}  // namespace tocsin::control
