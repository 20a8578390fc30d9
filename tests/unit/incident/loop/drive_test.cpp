#include "incident/loop/drive.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/clock.h"
#include "incident/message/payload.h"
#include "unit/incident/fenced_journal.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

// A relay that gives forged messages whenever it is asked.
class HostileChannel final : public channel::Carrier<contact::Class::sealed> {
 public:
  explicit HostileChannel(std::string_view name) : name_(name) {}
  std::string_view name() const noexcept override { return name_; }
  std::vector<channel::Delivery> send(std::span<const channel::SealedMessage> batch) override {
    std::vector<channel::Delivery> said;
    ++sends;
    for (const channel::SealedMessage& message : batch)
      said.push_back({message.id, contact::Receipt::sent, "", {}});
    return said;
  }
  channel::Collected collect(base::Milliseconds) override { return says; }
  channel::Room room() override { return has_room; }
  void acknowledge(std::uint64_t) override { ++acknowledged; }

  channel::Collected says;
  channel::Room has_room;
  int sends = 0;
  int acknowledged = 0;

 private:
  const std::string_view name_;
};

class DriverTest : public testing::Test {
 protected:
  explicit DriverTest(std::string_view channel = "phone") : channel_(channel) {
    Declared declared;
    declared.incident = seal::random_message_id(random_);
    declared.label = "EX-20261122-2240";
    declared.playbook_file = "small.yaml";
    declared.organisation_keys = organisation_.public_identity();
    declared.playbook = kPlaybook;
    const std::string phone = "channels: [phone]";
    declared.playbook.replace(declared.playbook.find(phone), phone.size(),
                              fmt::format("channels: [{}]", channel));
    ledger_.add(clock_.now(), "", std::move(declared));
    ledger_.add(clock_.now(), "",
                RosterTaken{roster::encode(roster::Roster{1, at(-1000), {person(channel)}}),
                            roster::encode(roster::Rota{1, {}, {}})});
    EXPECT_TRUE(ledger_.commit());
  }

  static roster::Responder person(std::string_view channel) {
    roster::Responder row;
    row.id = roster::PersonId{"ana"};
    row.name = "Ana Bell";
    row.skills = {roster::SkillId{"nurse"}, roster::SkillId{"trauma"}};
    row.role = roster::RoleId{"nurse"};
    row.travel = base::Minutes{20};
    row.contacts.push_back({roster::ChannelId{channel}, "+447700900101", {}, {}, true});
    return row;
  }

  template <class T>
  std::vector<T> journalled() {
    std::vector<T> found;
    journal_.read_after(0, [&](const journal::Entry& entry) {
      const auto event = decode_event(entry.body);
      if (event && std::holds_alternative<T>(event->body))
        found.push_back(std::get<T>(event->body));
    });
    return found;
  }
  std::uint64_t refused() {
    std::uint64_t count = 0;
    for (const Refused& event : journalled<Refused>()) count += event.count;
    return count;
  }

  base::SeededRandom random_{1};
  const seal::Identity organisation_ = seal::Identity::generate(random_);
  base::VirtualClock clock_{kDeclared};
  FencedJournal journal_;
  Ledger ledger_{journal_};
  const seal::Identity coordinator_ = seal::Identity::generate(random_);
  const seal::Identity incident_ = seal::Identity::generate(random_);
  const SealedEnvelopes envelopes_{coordinator_.signing, incident_.opening};
  const seal::Certificate caller_{};
  HostileChannel channel_;
  Driver driver_{ledger_, {&channel_}, envelopes_, caller_, clock_, random_};
};

TEST_F(DriverTest, AFloodOfForgeriesIsCountedAndWrittenDownOnceAMinute) {
  for (int i = 0; i < 5; ++i) channel_.says.messages.push_back({base::Bytes(1'024)});
  driver_.turn(base::Milliseconds{0});
  EXPECT_EQ(journalled<Refused>().size(), 1U);  // the first at once
  EXPECT_EQ(refused(), 5U);
  for (int turn = 0; turn < 590; ++turn) {
    clock_.advance(base::Milliseconds{100});
    driver_.turn(base::Milliseconds{0});
  }
  EXPECT_EQ(journalled<Refused>().size(), 1U);
  EXPECT_EQ(*driver_.wake(), at(1));
  clock_.set(at(1));
  driver_.turn(base::Milliseconds{0});
  EXPECT_EQ(journalled<Refused>().size(), 2U);
  EXPECT_EQ(refused(), 5U * 592U);
}

TEST_F(DriverTest, NothingThatWasRefusedIsLeftUntoldInTheEnd) {
  channel_.says.messages.push_back({base::Bytes(1'024)});
  for (int turn = 0; turn < 7; ++turn) driver_.turn(base::Milliseconds{0});
  EXPECT_EQ(refused(), 1U);
  driver_.settle();
  EXPECT_EQ(refused(), 7U);
  driver_.settle();
  EXPECT_EQ(journalled<Refused>().size(), 2U);
}

TEST_F(DriverTest, ReceiptsThatSayNothingNewAreNotWrittenDown) {
  while (driver_.turn(base::Milliseconds{0})) {
  }
  ASSERT_FALSE(ledger_.state().messages.empty());
  const seal::MessageId id = ledger_.state().messages.front().id;
  const auto say = [&](contact::Receipt receipt) {
    channel_.says.deliveries = {{id, receipt, "", {}}};
    const std::size_t before = journalled<Receipted>().size();
    for (int turn = 0; turn < 5; ++turn) driver_.turn(base::Milliseconds{0});
    return journalled<Receipted>().size() - before;
  };
  EXPECT_EQ(say(contact::Receipt::delivered), 1U);
  EXPECT_EQ(say(contact::Receipt::sent), 0U);
  EXPECT_EQ(say(contact::Receipt::read), 1U);
  EXPECT_EQ(say(contact::Receipt::delivered), 0U);
  EXPECT_EQ(say(contact::Receipt::failed_for_good), 1U);
  EXPECT_EQ(say(contact::Receipt::delivered), 0U);
}

// Another has taken the lease while this process hung, which wakes before it decides.
TEST_F(DriverTest, WhoeverLostTheRightNeitherAppendsNorSends) {
  driver_.drive_by({journal::Fence{1}, [this] {
                      if (journal_.in_force != journal::Fence{1}) throw journal::Superseded();
                    }});
  const std::uint64_t before = journal_.size();
  channel_.says.messages.push_back({base::Bytes(1'024)});
  journal_.in_force = {2};
  EXPECT_THROW(driver_.turn(base::Milliseconds{0}), journal::Superseded);
  EXPECT_EQ(journal_.size(), before);
  EXPECT_EQ(channel_.acknowledged, 0);
  EXPECT_EQ(channel_.sends, 0);
}

class TextedDriverTest : public DriverTest {
 protected:
  TextedDriverTest() : DriverTest("sms") {}
};

// It hung between appending and sending.
TEST_F(TextedDriverTest, WhatWasDecidedInTimeIsNotSentByWhoLostTheRightSince) {
  int looks = 0;
  driver_.drive_by({journal::Fence{1}, [&] {
                      ++looks;
                      throw journal::Superseded();
                    }});
  const std::uint64_t before = journal_.size();
  EXPECT_THROW(driver_.turn(base::Milliseconds{0}), journal::Superseded);
  EXPECT_GT(journal_.size(), before) << "decided and appended";
  EXPECT_EQ(looks, 1);
  EXPECT_EQ(channel_.sends, 0);
  driver_.drive_by({});
  driver_.turn(base::Milliseconds{0});
  EXPECT_EQ(channel_.sends, 1) << "there was something to send";
}

// A receipt of another incident is not written down here, so no append finds the right lost.
TEST_F(DriverTest, WhoeverLostTheRightDeletesNoCopy) {
  while (driver_.turn(base::Milliseconds{0})) {
  }
  channel_.says.deliveries = {
      {seal::random_message_id(random_), contact::Receipt::delivered, "", {}}};
  driver_.turn(base::Milliseconds{0});
  ASSERT_EQ(channel_.acknowledged, 1) << "there is something to delete";
  driver_.drive_by({journal::Fence{1}, [] { throw journal::Superseded(); }});
  EXPECT_THROW(driver_.turn(base::Milliseconds{0}), journal::Superseded);
  EXPECT_EQ(channel_.acknowledged, 1);
}

TEST_F(DriverTest, AClockThatWasADayFastAndIsPutRightStopsNothing) {
  while (driver_.turn(base::Milliseconds{0})) {
  }
  clock_.set(kDeclared - std::chrono::hours{24});
  const base::Instant now = clock_.now();
  ledger_.add(now, "",
              Replied{seal::random_message_id(random_), PersonId{"ana"}, Answer::coming,
                      now + base::Minutes{25}, kPhone});
  ASSERT_TRUE(ledger_.commit());
  driver_.settle();
  EXPECT_EQ(journalled<Assigned>().size(), 1U);
  EXPECT_TRUE(journalled<Flagged>().empty() ||
              journalled<Flagged>().front().flag != Flag::unsettled);
  EXPECT_EQ(ledger_.state().people[0].status, Status::assigned);
}

TEST_F(DriverTest, AClockThatIsSetForwardTakesTheNightAlong) {
  driver_.turn(base::Milliseconds{0});
  clock_.advance(base::Minutes{3});
  clock_.jump(std::chrono::hours{3});
  driver_.turn(base::Milliseconds{0});
  ASSERT_EQ(journalled<ClockMeasured>().size(), 1U);
  EXPECT_EQ(journalled<ClockMeasured>().front().ahead, 3U * 60 * 60'000);
  EXPECT_EQ(ledger_.state().declared_at, at(180));
  driver_.turn(base::Milliseconds{0});
  EXPECT_EQ(journalled<ClockMeasured>().size(), 1U);
}

TEST_F(DriverTest, AClockThatIsSetBackLosesNoTimeThatHasPassed) {
  driver_.turn(base::Milliseconds{0});
  clock_.advance(base::Minutes{3});
  clock_.jump(-std::chrono::hours{24});
  driver_.turn(base::Milliseconds{0});
  EXPECT_EQ(journalled<ClockSetBack>().size(), 1U);
  EXPECT_EQ(ledger_.state().declared_at, kDeclared - std::chrono::hours{24});
}

TEST_F(DriverTest, TimeThatPassesIsNotAClockThatIsSet) {
  driver_.turn(base::Milliseconds{0});
  clock_.advance(std::chrono::hours{3});  // the machine slept
  driver_.turn(base::Milliseconds{0});
  clock_.jump(std::chrono::seconds{59});
  driver_.turn(base::Milliseconds{0});
  EXPECT_TRUE(journalled<ClockMeasured>().empty());
  EXPECT_EQ(ledger_.state().declared_at, kDeclared);
}

TEST_F(TextedDriverTest, WhatAChannelHasNoRoomForStaysDueAndIsNotAskedForAllTheTime) {
  channel_.has_room = {0, at(1)};
  while (driver_.turn(base::Milliseconds{0}))
    ;
  EXPECT_EQ(channel_.sends, 0);
  EXPECT_FALSE(ledger_.state().outbox.empty());
  EXPECT_EQ(driver_.wake(), at(1));
  EXPECT_TRUE(journalled<Receipted>().empty());
  channel_.has_room = {};
  clock_.set(at(1));
  driver_.turn(base::Milliseconds{0});
  EXPECT_EQ(channel_.sends, 1);
}

// This machine's clock is slow or fast, or the telephone's: the answer is one all the same.
TEST_F(DriverTest, AnAnswerIsHeardWhateverTheTwoClocksSay) {
  const seal::Identity phone = seal::Identity::generate(random_);
  roster::Membership devices;
  devices.add({PersonId{"ana"}, phone.public_identity(), "a phone", at(-1), "Dr A. Okafor", {}});
  ledger_.add(clock_.now(), "",
              MembershipTaken{roster::sign_membership(devices, organisation_.signing, at(-1))});
  ASSERT_TRUE(ledger_.commit());
  int heard = 0;
  for (const auto apart : {std::chrono::hours{-400}, std::chrono::hours{0}, std::chrono::hours{1},
                           std::chrono::hours{400}}) {
    clock_.advance(base::Minutes{2});
    const base::Instant created = clock_.now() + apart;
    const seal::Header header{seal::Kind::reply,
                              seal::Realness::real,
                              seal::random_message_id(random_),
                              ledger_.state().declared.incident,
                              created,
                              created + std::chrono::hours{24}};
    channel_.says.messages = {{seal::seal_envelope(
        seal::Prepared{incident_.opening.sealing_key(), random_}, header,
        encode(Reply{Answer::coming, created + base::Minutes{25}}), phone.signing)}};
    driver_.turn(base::Milliseconds{0});
    const auto replies = journalled<Replied>();
    ASSERT_EQ(replies.size(), static_cast<std::size_t>(++heard)) << apart.count();
    EXPECT_EQ(ledger_.state().people[0].when, clock_.now() + base::Minutes{25}) << apart.count();
  }
  EXPECT_EQ(refused(), 0U);
}

TEST_F(DriverTest, DecisionsThatDoNotEndAreDroppedAndFlaggedAndTheRestGoesOn) {
  Driver impatient{ledger_, {&channel_}, envelopes_, caller_, clock_, random_, {}, 1};
  ledger_.add(clock_.now(), "",
              Replied{seal::random_message_id(random_), PersonId{"ana"}, Answer::coming,
                      clock_.now() + base::Minutes{25}, kPhone});
  ASSERT_TRUE(ledger_.commit());
  channel_.says.messages.push_back({base::Bytes(1'024)});
  impatient.turn(base::Milliseconds{0});
  EXPECT_TRUE(journalled<Assigned>().empty());
  ASSERT_EQ(journalled<Flagged>().size(), 1U);
  EXPECT_EQ(journalled<Flagged>().front().flag, Flag::unsettled);
  EXPECT_EQ(refused(), 1U);  // what was heard is kept
  ASSERT_TRUE(impatient.wake());
  impatient.turn(base::Milliseconds{0});
  EXPECT_EQ(journalled<Flagged>().size(), 1U);
}

// Each attempt that is dropped computes the state again.
TEST_F(DriverTest, DecisionsThatDidNotEndAreTriedAgainOnceAMinute) {
  Driver impatient{ledger_, {&channel_}, envelopes_, caller_, clock_, random_, {}, 1};
  impatient.turn(base::Milliseconds{0});
  const std::uint64_t begun = ledger_.generation();
  ASSERT_GT(begun, 0U) << "they did not end";
  for (int i = 0; i < 20; ++i) {
    channel_.says.messages.push_back({base::Bytes(1'024)});  // news
    clock_.advance(base::Milliseconds{100});
    impatient.turn(base::Milliseconds{0});
  }
  EXPECT_EQ(ledger_.generation(), begun);
  EXPECT_EQ(impatient.wake(), at(1));
  clock_.set(at(1));
  impatient.turn(base::Milliseconds{0});
  EXPECT_GT(ledger_.generation(), begun);
}

}  // namespace
}  // namespace tocsin::incident
