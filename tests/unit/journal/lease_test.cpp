#include "journal/lease.h"

#include "fixture.h"
#include "tamper.h"

namespace tocsin::journal {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using LeaseTest = JournalTest;

TEST_F(LeaseTest, OneHoldsItUntilItLapsesOrIsGivenBack) {
  const auto journal = create(okafor_);
  const auto elsewhere = open(lindqvist_);
  const auto ours = journal->lease();
  const auto theirs = elsewhere->lease();
  const base::Instant now = some_time();
  EXPECT_TRUE(ours->take(now, seconds(10)));
  EXPECT_FALSE(theirs->take(now, seconds(10)));
  EXPECT_TRUE(ours->take(now + seconds(5), seconds(10))) << "renewed";
  EXPECT_FALSE(theirs->take(now + seconds(14), seconds(10)));
  EXPECT_TRUE(theirs->take(now + seconds(15), seconds(10))) << "lapsed";
  EXPECT_FALSE(ours->take(now + seconds(16), seconds(10)));
  ours->give_back();
  EXPECT_FALSE(ours->take(now + seconds(16), seconds(10))) << "was not ours to give back";
  theirs->give_back();
  EXPECT_TRUE(ours->take(now + seconds(16), seconds(10)));
}

// A command finds out whether a process drives by asking for the lease for a moment.
TEST_F(LeaseTest, IsNotLostToSomebodyWhoAsksForAMoment) {
  const auto journal = create(okafor_);
  const auto elsewhere = open(lindqvist_);
  const auto ours = journal->lease();
  EXPECT_TRUE(ours->take(some_time(), base::Minutes(10)));
  EXPECT_FALSE(elsewhere->lease()->take(some_time(), base::Milliseconds(1)));
}

TEST_F(LeaseTest, OutlivesNeitherItsTermNorAClockThatWasWrong) {
  const auto journal = create(okafor_);
  const auto elsewhere = open(lindqvist_);
  const auto ours = journal->lease();
  const auto theirs = elsewhere->lease();
  EXPECT_TRUE(ours->take(some_time() + hours(24 * 300), seconds(10)));
  EXPECT_TRUE(theirs->take(some_time(), seconds(10)));
}

// A process that knows that the holder is dead does not wait for the end of its term.
TEST_F(LeaseTest, IsTakenOverWhileItsTermStillRuns) {
  const auto journal = create(okafor_);
  const auto elsewhere = open(lindqvist_);
  const auto dead = journal->lease();
  const auto ours = elsewhere->lease();
  const base::Instant now = some_time();
  ASSERT_TRUE(dead->take(now, base::Minutes(10)));
  ours->take_over(now + seconds(1), seconds(10));
  EXPECT_FALSE(dead->take(now + seconds(2), seconds(10))) << "had not died: it hears that it lost";
  dead->give_back();
  EXPECT_FALSE(dead->take(now + seconds(10), seconds(10))) << "was not its own to give back";
  EXPECT_TRUE(ours->take(now + seconds(10), seconds(10))) << "renewed";
  EXPECT_TRUE(dead->take(now + seconds(20), seconds(10))) << "lapsed";
}

TEST_F(LeaseTest, IsNoPartOfTheRecord) {
  const auto journal = create(okafor_);
  journal->append(0, bodies({"declared"}));
  const seal::Hash head = journal->head();
  ASSERT_TRUE(journal->lease()->take(some_time(), seconds(10)));
  EXPECT_EQ(journal->size(), 1U);
  EXPECT_EQ(journal->head(), head);
  EXPECT_FALSE(check().flaw);
}

}  // namespace
}  // namespace tocsin::journal
