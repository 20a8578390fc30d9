#include "journal/lease.h"

#include <array>
#include <fstream>
#include <iterator>

#include "fixture.h"
#include "tamper.h"

namespace tocsin::journal {
namespace {

class LeaseTest : public JournalTest {
 protected:
  LeaseTest() {
    one_ = create(okafor_);
    other_ = open(lindqvist_);
    ours_ = one_->lease();
    theirs_ = other_->lease();
    EXPECT_EQ(one_->append(0, bodies({"declared"})), Append::done);
  }
  static std::optional<Fence> take(Lease& lease, std::string_view holder = "A") {
    return lease.take(lease.look(), base::bytes_of(holder));
  }

  std::unique_ptr<SqliteJournal> one_;
  std::unique_ptr<SqliteJournal> other_;
  std::unique_ptr<Lease> ours_;
  std::unique_ptr<Lease> theirs_;
};

TEST_F(LeaseTest, SaysWhoHasItAndCountsTheirHeartbeats) {
  EXPECT_FALSE(theirs_->look().is_held) << "nobody has taken it yet";
  ASSERT_TRUE(take(*ours_, "Dr A"));
  const Holding first = theirs_->look();
  EXPECT_TRUE(first.is_held);
  EXPECT_EQ(base::text_of(first.holder), "Dr A");
  EXPECT_TRUE(ours_->beat(base::bytes_of("Dr A, still")));
  const Holding second = theirs_->look();
  EXPECT_EQ(second.number, first.number);
  EXPECT_GT(second.beat, first.beat);
  EXPECT_EQ(base::text_of(second.holder), "Dr A, still");
  ours_->give_back();
  const Holding nobody = theirs_->look();
  EXPECT_FALSE(nobody.is_held);
  EXPECT_GT(nobody.beat, second.beat);
  EXPECT_EQ(nobody.number, first.number) << "so that the next number is a higher one";
  const auto fence = take(*theirs_);
  ASSERT_TRUE(fence);
  EXPECT_GT(fence->number, first.number);
}

TEST_F(LeaseTest, IsNotTakenFromSomebodyWhoWasHeardMeanwhile) {
  ASSERT_TRUE(take(*ours_));
  const Holding seen = theirs_->look();
  ASSERT_TRUE(ours_->beat(base::bytes_of("A")));
  EXPECT_FALSE(theirs_->take(seen, base::bytes_of("B")));
  EXPECT_TRUE(ours_->beat(base::bytes_of("A")));
}

TEST_F(LeaseTest, IsTakenByOneOfTwoWhoSawTheSame) {
  const Holding seen = ours_->look();
  EXPECT_TRUE(ours_->take(seen, base::bytes_of("A")));
  EXPECT_FALSE(theirs_->take(seen, base::bytes_of("B")));
}

TEST_F(LeaseTest, WhoeverLostItAppendsNothingAsDriverAndEverythingElse) {
  const auto passed = take(*ours_);
  const auto in_force = take(*theirs_);
  ASSERT_TRUE(passed && in_force);
  const std::string before = Tamper(path()).dump();
  EXPECT_EQ(one_->append(1, bodies({"asked A"}), *passed), Append::superseded);
  EXPECT_EQ(one_->append(1, {}, *passed), Append::superseded);
  EXPECT_EQ(Tamper(path()).dump(), before);
  EXPECT_FALSE(ours_->beat(base::bytes_of("A")));
  ours_->give_back();
  EXPECT_TRUE(theirs_->beat(base::bytes_of("B"))) << "was not ours to give back";
  EXPECT_EQ(one_->append(1, bodies({"need set"})), Append::done) << "an order needs no lease";
  EXPECT_EQ(other_->append(1, bodies({"asked B"}), *in_force), Append::moved_on);
  EXPECT_EQ(other_->append(2, bodies({"asked B"}), *in_force), Append::done);
}

// Three processes take, beat, give back and append in any order. Of a fence, the oracle knows one
// thing: it is in force until the lease is taken again.
TEST_F(LeaseTest, OnlyTheLastToTakeItAppendsUnderItsFence) {
  struct Process {
    std::unique_ptr<SqliteJournal> journal;
    std::unique_ptr<Lease> lease{};
    Fence fence{};
  };
  std::array<Process, 3> processes{Process{open(okafor_)}, Process{open(lindqvist_)},
                                   Process{open(okafor_)}};
  for (Process& process : processes) process.lease = process.journal->lease();
  const Process* last = nullptr;
  std::uint64_t size = 1;
  std::uint64_t highest = 0;
  int superseded = 0;
  for (int i = 0; i < 2'000; ++i) {
    Process& process = processes[random_.below(processes.size())];
    const std::uint64_t what = random_.below(8);
    if (what == 0) {
      process.fence = *take(*process.lease);
      EXPECT_GT(process.fence.number, highest);
      highest = process.fence.number;
      last = &process;
    } else if (what == 1) {
      EXPECT_EQ(process.lease->beat(base::bytes_of("x")), &process == last);
    } else if (what == 2) {
      process.lease->give_back();
      if (&process == last) last = nullptr;
    } else if (process.fence != Fence{}) {
      const Append wanted = process.fence.number == highest ? Append::done : Append::superseded;
      ASSERT_EQ(process.journal->append(size, bodies({"e"}), process.fence), wanted) << i;
      size += wanted == Append::done ? 1 : 0;
      superseded += wanted == Append::superseded ? 1 : 0;
    }
    ASSERT_EQ(one_->size(), size);
  }
  EXPECT_GT(superseded, 100);
  EXPECT_GT(size, 100U);
}

// 16 random bytes and a time, which its holder renewed.
TEST_F(LeaseTest, UnderstandsWhatTheFirstProgramsWrote) {
  Tamper file(path());
  file.execute(
      "INSERT INTO lease VALUES ('drive', x'000102030405060708090a0b0c0d0e0f', 1795000000000)");
  const Holding seen = ours_->look();
  EXPECT_TRUE(seen.is_held);
  EXPECT_TRUE(seen.holder.empty());
  file.execute("UPDATE lease SET until = 1795000003000");
  EXPECT_NE(ours_->look().beat, seen.beat) << "a heartbeat";
  EXPECT_FALSE(ours_->take(seen, base::bytes_of("A")));
  const auto fence = take(*ours_);
  ASSERT_TRUE(fence);
  EXPECT_EQ(one_->append(1, bodies({"asked A"}), *fence), Append::done);
  file.execute("UPDATE lease SET owner = x'000102030405060708090a0b0c0d0e0f'");
  EXPECT_EQ(one_->append(2, bodies({"asked B"}), *fence), Append::superseded);
}

TEST_F(LeaseTest, SurvivesAnythingInItsRow) {
  ASSERT_TRUE(take(*ours_));
  Tamper file(path());
  for (const char* owner : {"x''", "x'00'", "x'ffffffffffffffff'", "x'ffffffffffffffff00'",
                            "zeroblob(70000)", "x'0000000000000000ffff'"})
    for (const char* until : {"0", "-1", "9223372036854775807", "-9223372036854775808"}) {
      file.execute(std::string("UPDATE lease SET owner = ") + owner + ", until = " + until);
      EXPECT_TRUE(theirs_->look().holder.empty());
      const auto fence = take(*theirs_);
      ASSERT_TRUE(fence) << owner << " " << until;
      EXPECT_NE(fence->number, 0U) << "0 would be no fence";
      EXPECT_TRUE(theirs_->beat(base::bytes_of("B")));
      EXPECT_EQ(base::text_of(ours_->look().holder), "B");
    }
}

TEST_F(LeaseTest, HoldsNoReadableName) {
  ASSERT_TRUE(take(*ours_, "Dr Lindqvist on control-1"));
  ours_->give_back();
  ASSERT_TRUE(take(*ours_, "Dr Lindqvist on control-1"));
  for (const char* suffix : {"", "-wal"}) {
    std::ifstream file{path().string() + suffix};
    const std::string all{std::istreambuf_iterator<char>{file}, {}};
    EXPECT_FALSE(all.empty());
    EXPECT_EQ(all.find("control-1"), std::string::npos);
  }
}

TEST_F(LeaseTest, IsNoPartOfTheRecord) {
  const seal::Hash head = one_->head();
  ASSERT_TRUE(take(*ours_));
  ASSERT_TRUE(ours_->beat(base::bytes_of("A")));
  EXPECT_EQ(one_->size(), 1U);
  EXPECT_EQ(one_->head(), head);
  EXPECT_FALSE(check().flaw);
}

TEST_F(LeaseTest, CanBeLookedAtByWhoOnlyReads) {
  ASSERT_TRUE(take(*ours_, "Dr A"));
  EXPECT_EQ(base::text_of(open_to_read()->lease()->look().holder), "Dr A");
}

}  // namespace
}  // namespace tocsin::journal
