#include "control/driving.h"

#include "base/fault.h"
#include "base/file.h"
#include "channel/mailbox.h"
#include "control/drive.h"
#include "unit/control/served.h"

namespace tocsin::control {
namespace {

Wiring when_asked() {
  Wiring wiring;
  wiring.listen = channel::Listen::when_asked;
  return wiring;
}

class DrivingTest : public ServedRoom {
 protected:
  // The playbook of these tests calls by the relay first.
  incident::Declared declared_by_relay() {
    incident::Declared declared = Room::declared("EX-1");
    const std::string phone = "channels: [phone]";
    declared.playbook.replace(declared.playbook.find(phone), phone.size(),
                              "channels: [relay, phone]");
    return declared;
  }
  std::unique_ptr<Session> begin() {
    return control::declare(home(), keys(), declared_by_relay(), need_roster(home(), keys().store),
                            clock_);
  }
  void turn_until_quiet(Driving& driving) {
    for (int turns = 0; turns < 100 && driving.turn(); ++turns) {
    }
  }
};

TEST_F(DrivingTest, SendsARequestToTheDeviceOfWhoIsAsked) {
  const seal::Identity ana = enrol("ana");
  const auto session = begin();
  Driving driving(*session, clock_, when_asked());
  ASSERT_TRUE(driving.take_lease());
  turn_until_quiet(driving);
  EXPECT_EQ(mail_of(ana).size(), 1u);
  EXPECT_EQ(driving.trouble(), "");
  EXPECT_TRUE(driving.wake());
}

TEST_F(DrivingTest, TakesInWhoIsEnrolledMeanwhile) {
  const auto session = begin();
  Driving driving(*session, clock_, when_asked());
  ASSERT_TRUE(driving.take_lease());
  driving.turn();
  EXPECT_FALSE(session->state().membership);
  enrol("ana");
  driving.turn();
  EXPECT_FALSE(session->state().membership) << "the list is read every two seconds";
  clock_.set(clock_.now() + base::Milliseconds{2'000});
  driving.turn();
  ASSERT_TRUE(session->state().membership);
  EXPECT_EQ(session->state().membership->number(), 1u);
  const std::uint64_t events = session->journal().size();
  clock_.set(clock_.now() + base::Milliseconds{2'000});
  turn_until_quiet(driving);
  EXPECT_EQ(session->state().membership->number(), 1u);
  EXPECT_GE(session->journal().size(), events);
}

TEST_F(DrivingTest, SendsAtOnceWhatWasStampedAheadWhenTheClockIsRightAgain) {
  const seal::Identity ana = enrol("ana");
  const base::Instant right = clock_.now();
  clock_.advance(std::chrono::days{1});
  const auto session = begin();
  settle_undriven(*session, clock_);
  ASSERT_FALSE(session->state().outbox.empty());
  clock_.set(right);
  Driving driving(*session, clock_, when_asked());
  ASSERT_TRUE(driving.take_lease());
  turn_until_quiet(driving);
  EXPECT_TRUE(session->state().outbox.empty());
  ASSERT_EQ(mail_of(ana).size(), 1u);
  EXPECT_LE(session->state().messages.front().issued, right) << "a device refuses what is ahead";
  EXPECT_LT(session->state().messages.front().expires, right + std::chrono::days{1});
}

TEST_F(DrivingTest, ReadsTheMembershipAgainAfterTheClockWentBack) {
  clock_.advance(std::chrono::days{1});
  const auto session = begin();
  Driving driving(*session, clock_, when_asked());
  ASSERT_TRUE(driving.take_lease());
  driving.turn();
  enrol("ana");
  clock_.set(clock_.now() - std::chrono::hours{20});
  driving.turn();
  EXPECT_TRUE(session->state().membership);
}

TEST_F(DrivingTest, GoesOnWithItsOwnListWhenAnOlderOneIsPutInPlace) {
  enrol("ana");
  const auto older = home().read_public("membership");
  enrol("ben");
  const auto session = begin();
  Driving driving(*session, clock_, when_asked());
  ASSERT_TRUE(driving.take_lease());
  turn_until_quiet(driving);
  home().write_public("membership", older.value());
  clock_.advance(base::Minutes{1});
  turn_until_quiet(driving);
  EXPECT_EQ(session->state().membership->number(), 2u);
  EXPECT_NE(driving.trouble().find("membership"), std::string::npos);
}

TEST_F(DrivingTest, SaysThatTheRelayIsOutOfReach) {
  const auto session = begin();
  server_->stop();
  Driving driving(*session, clock_, when_asked());
  ASSERT_TRUE(driving.take_lease());
  driving.turn();
  EXPECT_NE(driving.trouble(), "");
}

// It hung, and another process took over.
TEST_F(DrivingTest, AppendsNothingAnyMoreAfterAnotherTookTheLease) {
  const auto session = begin();
  Driving driving(*session, clock_, when_asked());
  ASSERT_TRUE(driving.take_lease());
  enrol("ana");
  const auto other = session->journal().lease();
  ASSERT_TRUE(other->take(other->look(), {}));
  const std::uint64_t events = session->journal().size();
  EXPECT_THROW(driving.turn(), journal::Superseded);
  EXPECT_EQ(drive_until_quiet(driving), Ending::superseded);
  EXPECT_EQ(session->journal().size(), events);
  const auto order = [](const incident::State&) {
    return incident::decide("open Theatre 5", "full");
  };
  session->carry_out(order);
  EXPECT_EQ(session->journal().size(), events + 1) << "what a coordinator orders is appended";
}

TEST_F(DrivingTest, RefusesAnIncidentWhoseKeyWasDestroyed) {
  const auto session = begin();
  home().destroy_incident_key(session->state().declared.incident);
  EXPECT_THROW(Driving(*session, clock_, when_asked()), base::Fault);
}

TEST_F(DrivingTest, SettlesWithoutSending) {
  const seal::Identity ana = enrol("ana");
  const auto session = begin();
  settle_undriven(*session, clock_);
  const auto& people = session->state().people;
  EXPECT_TRUE(std::any_of(people.begin(), people.end(),
                          [](const incident::Person& person) { return person.was_asked(); }));
  EXPECT_TRUE(mail_of(ana).empty());
}

}  // namespace
}  // namespace tocsin::control
