// A provider that takes nothing, from the driver to the board: it gets a rest, people go on by
// their next channel long before their answer window ends, and it is tried again now and then.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/clock.h"
#include "incident/loop/drive.h"
#include "incident/view/traffic.h"
#include "unit/incident/fenced_journal.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using contact::Receipt;
using std::chrono::seconds;

class ProviderThatMayFail final : public channel::Carrier<contact::Class::provider_readable> {
 public:
  ProviderThatMayFail(std::string_view name, const base::Clock& clock)
      : name_(name), clock_(clock) {}
  std::string_view name() const noexcept override { return name_; }
  std::vector<channel::Delivery> send(
      std::span<const channel::Outgoing<playbook::Nudge>> batch) override {
    std::vector<channel::Delivery> said;
    sizes.push_back(batch.size());
    times.push_back(clock_.now());
    for (const auto& message : batch) said.push_back({message.id, says, "", {}, holds});
    return said;
  }
  channel::Collected collect(base::Milliseconds) override { return {}; }
  void acknowledge(std::uint64_t) override {}

  Receipt says = Receipt::sent;
  bool holds = false;
  std::vector<std::size_t> sizes;  // of the batches
  std::vector<base::Instant> times;

 private:
  const std::string_view name_;
  const base::Clock& clock_;
};

class OutageTest : public testing::Test {
 protected:
  OutageTest() {
    Declared declared;
    declared.incident = seal::random_message_id(random_);
    declared.label = "EX-20261122-2240";
    declared.playbook_file = "small.yaml";
    declared.organisation_keys = organisation_.public_identity();
    declared.playbook = playbooks::changed(
        kPlaybook, {{"channels: [phone]", "channels: [sms, telegram]\n  answer_window: 12min"}});
    ledger_.add(clock_.now(), "", std::move(declared));
    std::vector<roster::Responder> people;
    for (const char* id : {"ana", "ben", "cyn", "dan", "eli", "fay", "gus", "hal", "ivy", "joe"}) {
      people.push_back(Night::person(id, id, {"nurse", "trauma"}, 20));
      people.back().contacts = {
          {roster::ChannelId{"sms"},
           "+4477009001" + std::to_string(10 + id[0] - 'a'),
           {},
           {},
           true},
          {roster::ChannelId{"telegram"}, std::to_string(1'000 + id[0]), {}, {}, true}};
    }
    ledger_.add(clock_.now(), "",
                RosterTaken{roster::encode(roster::Roster{1, at(-1000), std::move(people)}),
                            roster::encode(roster::Rota{1, {}, {}})});
    EXPECT_TRUE(ledger_.commit());
  }
  // Turns once a second.
  void pass(seconds time) {
    for (seconds passed{0}; passed < time; ++passed) {
      for (int turn = 0; turn < 50 && driver_.turn(base::Milliseconds{0}); ++turn) {
      }
      clock_.advance(seconds{1});
    }
  }
  // Who was asked by the channel.
  std::set<PersonIndex> asked(std::string_view channel) const {
    std::set<PersonIndex> people;
    for (const Message& message : ledger_.state().messages)
      if (message.asks() && message.channel.str() == channel) people.insert(message.person);
    return people;
  }
  Traffic sms() const {
    for (const Traffic& one : traffic(ledger_.state(), clock_.now()))
      if (one.channel.str() == "sms") return one;
    return {};
  }
  std::size_t handed() const {
    std::size_t sum = 0;
    for (const std::size_t size : sms_.sizes) sum += size;
    return sum;
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
  ProviderThatMayFail sms_{"sms", clock_};
  ProviderThatMayFail telegram_{"telegram", clock_};
  Driver driver_{ledger_, {&sms_, &telegram_}, envelopes_, caller_, clock_, random_};
};

TEST_F(OutageTest, PeopleGoOnByTheirNextChannelWhileItRests) {
  sms_.says = Receipt::failed_for_now;
  pass(seconds{10});
  ASSERT_GE(asked("sms").size(), 2U);
  EXPECT_TRUE(sms().rests);
  EXPECT_TRUE(sms().is_failing());
  EXPECT_TRUE(asked("telegram").empty()) << "it may be a hiccup";
  pass(seconds{10});
  // The answer window is 12 minutes.
  EXPECT_EQ(asked("telegram"), asked("sms"));
  const std::size_t asked_by_sms = asked("sms").size();
  for (const Message& message : ledger_.state().messages)
    if (message.channel.str() == "telegram") {
      EXPECT_EQ(message.receipt, Receipt::sent);
    }
  pass(seconds{120});
  EXPECT_LT(handed(), 4 * asked_by_sms + 12) << "it gets nothing but a message now and then";
}

TEST_F(OutageTest, ItIsTriedWithOneMessageAfterPausesOfAnyLength) {
  sms_.says = Receipt::unknown;
  pass(seconds{10});
  ASSERT_TRUE(sms().rests);
  const std::size_t before = sms_.sizes.size();
  pass(seconds{600});
  ASSERT_GT(sms_.sizes.size(), before + 3);
  std::set<base::Milliseconds> pauses;
  for (std::size_t i = before; i < sms_.sizes.size(); ++i) {
    EXPECT_EQ(sms_.sizes[i], 1U);
    pauses.insert(sms_.times[i] - sms_.times[i - 1]);
  }
  EXPECT_GT(pauses.size(), 3U);
}

TEST_F(OutageTest, OneThatRecoversIsUsedAgainAndTheBoardSaysSo) {
  sms_.says = Receipt::failed_for_now;
  pass(seconds{30});
  ASSERT_TRUE(sms().rests);
  sms_.says = Receipt::sent;
  pass(seconds{150});
  EXPECT_FALSE(sms().rests);
  EXPECT_FALSE(sms().is_failing());
  EXPECT_EQ(sms().waiting, 0);
  EXPECT_GE(sms().sent, 2);
}

TEST_F(OutageTest, AHiccupMovesNobody) {
  sms_.says = Receipt::failed_for_now;
  pass(seconds{3});
  sms_.says = Receipt::sent;
  pass(seconds{300});
  EXPECT_TRUE(asked("telegram").empty());
  EXPECT_FALSE(sms().rests);
}

// What a provider's limit holds back has not failed, however long that lasts.
TEST_F(OutageTest, WhatIsHeldBackHasNotFailed) {
  sms_.says = Receipt::failed_for_now;
  sms_.holds = true;
  pass(seconds{300});
  EXPECT_TRUE(asked("telegram").empty());
  EXPECT_FALSE(sms().rests);
  EXPECT_EQ(sms().failing, 0);
  EXPECT_EQ(sms().waiting, static_cast<int>(asked("sms").size()));
  EXPECT_LE(sms_.sizes.size(), 310U) << "about once a second";
  sms_.holds = false;
  sms_.says = Receipt::sent;
  pass(seconds{5});
  EXPECT_EQ(sms().waiting, 0);
}

}  // namespace
}  // namespace tocsin::incident
