#include "incident/state/ledger.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "journal/memory.h"
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

}  // namespace
}  // namespace tocsin::incident
