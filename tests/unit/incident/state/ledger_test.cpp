#include "incident/state/ledger.h"

#include <gtest/gtest.h>

#include <utility>

#include "base/fault.h"
#include "journal/memory.h"
#include "unit/incident/fenced_journal.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

class LedgerTest : public testing::Test {
 protected:
  LedgerTest() {
    const Night night;
    Ledger ledger{journal_};
    for (const Event& event : night.events) ledger.add(event.at, event.by, event.body);
    EXPECT_TRUE(ledger.commit());
    EXPECT_EQ(journal_.size(), night.events.size());
  }

  journal::MemoryJournal journal_;
};

TEST_F(LedgerTest, AnEventIsAppliedAtOnceAndDurableAfterCommit) {
  Ledger ledger{journal_};
  const std::uint64_t before = journal_.size();
  ledger.add(at(1), "Ana", Decided{"divert", "full"});
  EXPECT_EQ(ledger.state().decisions, 1U);
  EXPECT_TRUE(ledger.has_pending());
  EXPECT_EQ(journal_.size(), before);
  EXPECT_EQ(Ledger{journal_}.state().decisions, 0U);
  EXPECT_TRUE(ledger.commit());
  EXPECT_TRUE(ledger.commit());  // nothing is left to append
  EXPECT_EQ(journal_.size(), before + 1);
  EXPECT_EQ(Ledger{journal_}.state().decisions, 1U);
}

TEST_F(LedgerTest, WhoComesSecondAppendsNothingAndSeesTheFirst) {
  Ledger first{journal_};
  Ledger second{journal_};
  first.add(at(1), "Ana", Ended{"over"});
  second.add(at(1), "Bo", Decided{"divert", "full"});
  second.add(at(1), "Bo", Ended{"a false alarm"});
  ASSERT_TRUE(first.commit());
  const std::uint64_t size = journal_.size();
  const std::uint64_t generation = second.generation();
  EXPECT_FALSE(second.commit());
  EXPECT_GT(second.generation(), generation);
  EXPECT_FALSE(second.has_pending());
  EXPECT_EQ(journal_.size(), size);
  EXPECT_EQ(second.state().ended_by, "Ana");
  EXPECT_EQ(second.state().events, first.state().events);
  second.add(at(2), "Bo", Decided{"divert", "full"});  // decided again, on what is so now
  EXPECT_TRUE(second.commit());
}

TEST_F(LedgerTest, CatchesUpWithoutBeginningAnew) {
  Ledger driver{journal_};
  Ledger other{journal_};
  driver.add(at(1), "Ana", Ended{"over"});
  ASSERT_TRUE(driver.commit());
  const std::uint64_t generation = other.generation();
  other.catch_up();
  other.catch_up();  // nothing is folded twice, or the end would be refused
  EXPECT_TRUE(other.state().has_ended());
  EXPECT_EQ(other.generation(), generation);
}

TEST_F(LedgerTest, LooksBackToATime) {
  Ledger ledger{journal_};
  ledger.add(at(10), "Ana", Decided{"divert", "full"});
  ledger.add(at(20), "Ana", Decided{"divert more", "full"});
  ASSERT_TRUE(ledger.commit());
  const auto decisions = [&](base::Instant until) {
    return Ledger{journal_, until}.state().decisions;
  };
  EXPECT_EQ(decisions(at(10) - base::Milliseconds{1}), 0U);
  EXPECT_EQ(decisions(at(10)), 1U);
  EXPECT_EQ(decisions(at(20)), 2U);
  EXPECT_FALSE((Ledger{journal_, at(-1)}.state().is_declared()));
}

TEST_F(LedgerTest, AnEventThatItCannotReadIsNamedAndNeverSkipped) {
  const std::vector<base::Bytes> newer{{2, 99}};
  ASSERT_EQ(journal_.append(journal_.size(), newer), journal::Append::done);
  try {
    Ledger{journal_};
    FAIL() << "it was folded";
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::untrusted);
    EXPECT_NE(std::string{fault.what()}.find("event 3 "), std::string::npos) << fault.what();
  }
}

// A journal whose disk fails, or whose author has no mandate, when a test says so.
class FaultyJournal final : public journal::Journal {
 public:
  std::uint64_t size() override { return kept_.size(); }
  seal::Hash head() override { return kept_.head(); }
  bool has_news() override { return kept_.has_news(); }
  void check_time(base::Instant) const override { fail(has_mandate); }
  void read_after(std::uint64_t after, const journal::Visit& visit) override {
    fail(can_be_read);
    kept_.read_after(after, visit);
  }
  journal::Append append(std::uint64_t size, std::span<const base::Bytes> bodies,
                         journal::Fence = {}) override {
    fail(can_be_written);
    return kept_.append(size, bodies);
  }

  bool has_mandate = true, can_be_read = true, can_be_written = true;

 private:
  static void fail(bool works) {
    if (!works) throw base::Fault(base::Exit::fault, "a test");
  }
  journal::MemoryJournal kept_;
};

class FaultyLedger : public testing::Test {
 protected:
  FaultyLedger() {
    Declared declared;
    declared.playbook_file = "small.yaml";
    declared.playbook = kPlaybook;
    ledger_.add(at(0), "", declared);
    EXPECT_TRUE(ledger_.commit());
  }
  void decide(int minute) { ledger_.add(at(minute), "Dr A. Okafor", Decided{"a", "b"}); }
  std::vector<Event> events() {
    std::vector<Event> found;
    journal_.read_after(
        0, [&](const journal::Entry& entry) { found.push_back(decode_event(entry.body).value()); });
    return found;
  }

  FaultyJournal journal_;
  Ledger ledger_{journal_};
};

TEST_F(FaultyLedger, WritesThatTheClockWentBackBeforeWhatIsEarlier) {
  decide(50);
  decide(10);
  decide(11);
  ledger_.look_at_clock(at(12));
  ASSERT_TRUE(ledger_.commit());
  const auto all = events();
  ASSERT_EQ(all.size(), 5u);
  const auto* back = std::get_if<ClockSetBack>(&all[2].body);
  ASSERT_NE(back, nullptr);
  EXPECT_EQ(back->milliseconds, 40u * 60'000u);
  EXPECT_EQ(all[2].at, at(10));
}

TEST_F(FaultyLedger, AddsNothingThatCouldNotBeVerified) {
  journal_.has_mandate = false;
  EXPECT_THROW(decide(1), base::Fault);
  EXPECT_FALSE(ledger_.has_pending());
  EXPECT_EQ(ledger_.state().decisions, 0u);
}

TEST_F(FaultyLedger, StartsOverWithoutWhatWasNotRecorded) {
  decide(1);
  journal_.can_be_written = false;
  EXPECT_THROW(ledger_.commit(), base::Fault);
  EXPECT_EQ(ledger_.state().decisions, 1u);
  journal_.can_be_read = false;
  EXPECT_THROW(ledger_.start_over(), base::Fault);
  EXPECT_TRUE(ledger_.is_behind());
  journal_.can_be_read = journal_.can_be_written = true;
  ledger_.catch_up();
  EXPECT_FALSE(ledger_.is_behind());
  EXPECT_TRUE(ledger_.state().is_declared());
  EXPECT_EQ(ledger_.state().decisions, 0u);
  decide(2);
  EXPECT_TRUE(ledger_.commit());
}

TEST_F(LedgerTest, DropsWhatWasDecidedByARightThatHasPassed) {
  FencedJournal journal;
  Ledger ledger{journal};
  const auto decide = [&](const char* decision) {
    ledger.add(kDeclared, "", Decided{decision, ""});
  };
  base::SeededRandom random{1};
  Declared declared;
  declared.incident = seal::random_message_id(random);
  declared.playbook = kPlaybook;
  ledger.add(kDeclared, "", std::move(declared));
  ASSERT_TRUE(ledger.commit(journal.in_force));
  decide("first");
  const journal::Fence passed = std::exchange(journal.in_force, {2});
  EXPECT_THROW(ledger.commit(passed), journal::Superseded);
  EXPECT_FALSE(ledger.has_pending());
  EXPECT_EQ(ledger.state().events, 1U) << "the state is again that of the journal";
  EXPECT_EQ(journal.size(), 1U);
  decide("an order");
  EXPECT_TRUE(ledger.commit()) << "orders need no right";
  EXPECT_EQ(journal.size(), 2U);
}

}  // namespace
}  // namespace tocsin::incident
