#include "control/inviting.h"

#include "base/fault.h"
#include "base/file.h"
#include "control/enrolments.h"
#include "unit/control/served.h"

namespace tocsin::control {
namespace {

using InvitingTest = ServedRoom;

TEST_F(InvitingTest, ACodeLetsOneDeviceEnrol) {
  const home::Home home = Room::home();
  const home::Unlocked keys = Room::keys();
  const auto invite_them = [&](const char* person) {
    return control::invite(home, keys, organisation().signing, roster::PersonId{person},
                           clock_.now(), std::chrono::hours{1}, random_);
  };
  const roster::Invitation ana = invite_them("ana");
  const roster::Invitation ben = invite_them("ben");
  EXPECT_EQ(ana.relay_url, server_->url());
  EXPECT_EQ(ana.expires(), clock_.now() + std::chrono::hours{1});
  EXPECT_NE(roster::to_code(ana), roster::to_code(ben));

  const seal::Identity device = use(ben);
  use(ben);
  auto pending = read_invitations(home, keys.store);
  EXPECT_EQ(pending.size(), 2u);
  const Waiting waiting =
      Enrolments{home, keys, clock_}.fetch(pending, read_membership(home, keys.store));
  ASSERT_EQ(waiting.devices.size(), 1u);
  EXPECT_EQ(waiting.devices[0].person, roster::PersonId{"ben"});
  EXPECT_EQ(waiting.devices[0].device, device.public_identity());
}

class InvitingWithoutRelay : public Room {};

TEST_F(InvitingWithoutRelay, IsAFault) {
  const home::Home home = Room::home();
  EXPECT_THROW(need_relay(home), base::Fault);
  EXPECT_THROW(control::invite(home, keys(), organisation().signing, roster::PersonId{"ana"},
                               clock_.now(), std::chrono::hours{1}, random_),
               base::Fault);
  EXPECT_TRUE(read_invitations(home, keys().store).empty());
}

}  // namespace
}  // namespace tocsin::control
