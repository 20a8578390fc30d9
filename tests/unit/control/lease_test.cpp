#include "control/lease.h"

#include <functional>

#include "unit/control/room.h"

namespace tocsin::control {
namespace {

using base::Milliseconds;
using std::chrono::hours;

constexpr Milliseconds kTick{200};

// Waits in no time: its time passes as it is told to, and others act meanwhile.
class Meanwhile final : public Waiter {
 public:
  using Act = std::function<void()>;
  Meanwhile(Milliseconds& steady, Act act) : steady_(steady), act_(std::move(act)) {}
  void say(const std::string& words) override { said.push_back(words); }
  bool wait(Milliseconds patience) override {
    steady_ += patience;
    waited += patience;
    act_();
    return waited >= leaves_after;
  }

  std::vector<std::string> said;
  Milliseconds waited{0};
  Milliseconds leaves_after = hours{10};

 private:
  Milliseconds& steady_;
  const Act act_;
};

class LeaseTest : public Room {
 protected:
  LeaseTest() : session_(declare("EX-1")) {}
  std::filesystem::path lock() const { return folder_.path() / "lock"; }
  std::unique_ptr<Lease> lease(const char* by) {
    return std::make_unique<Lease>(session_->journal().lease(), lock(), this_process(by), clock_,
                                   [this] { return steady_; });
  }
  std::optional<Driven> seen() { return look(*session_->journal().lease(), lock(), clock_.now()); }
  void pass(Milliseconds time) {
    steady_ += time;
    clock_.advance(time);
  }

  std::unique_ptr<Session> session_;
  Milliseconds steady_{0};
};

TEST_F(LeaseTest, IsHeldByOneAndSaysByWhom) {
  const auto other = lease("Dr B");
  EXPECT_FALSE(seen()) << "nobody drives yet";
  {
    const auto mine = lease("Dr A");
    ASSERT_TRUE(mine->take_if_free());
    EXPECT_FALSE(other->take_if_free());
    const auto driven = seen();
    ASSERT_TRUE(driven);
    EXPECT_FALSE(driven->is_silent);
    EXPECT_EQ(driven->holder.name, "Dr A");
    EXPECT_EQ(driven->holder.since, clock_.now());
    const base::Instant since = clock_.now();
    pass(kBetweenBeats);
    mine->confirm();
    EXPECT_EQ(seen()->holder.since, since);
    EXPECT_EQ(seen()->holder.heard_at, clock_.now());
  }
  EXPECT_FALSE(seen()) << "given back";
  EXPECT_TRUE(other->take_if_free());
}

// The system lets go of the lock of a process that ends, and nobody waits then.
TEST_F(LeaseTest, IsTakenAtOnceFromWhoDied) {
  const auto dead = session_->journal().lease();
  ASSERT_TRUE(dead->take(dead->look(), encode(this_process("Dr A"))));
  EXPECT_FALSE(seen()) << "it is dead";
  const auto mine = lease("Dr B");
  Meanwhile nothing{steady_, [] {}};
  EXPECT_EQ(mine->take(nothing), Lease::Outcome::taken);
  EXPECT_EQ(nothing.waited, Milliseconds{0});
}

TEST_F(LeaseTest, IsTakenFromWhoHangsAndNotBefore) {
  const auto hangs = lease("Dr A");
  ASSERT_TRUE(hangs->take_if_free());
  const auto mine = lease("Dr B");
  Meanwhile nothing{steady_, [] {}};
  ASSERT_EQ(mine->take(nothing), Lease::Outcome::taken);
  EXPECT_GE(nothing.waited, kLapse);
  EXPECT_LE(nothing.waited, kLapse + kTick);
  ASSERT_EQ(nothing.said.size(), 1U);
  EXPECT_NE(nothing.said[0].find("Dr A"), std::string::npos) << nothing.said[0];
  EXPECT_GT(mine->fence().number, hangs->fence().number);
  EXPECT_EQ(seen()->holder.name, "Dr B");
  EXPECT_THROW(hangs->confirm(), journal::Superseded);
  EXPECT_THROW(hangs->confirm(), journal::Superseded) << "for good";
  EXPECT_NO_THROW(mine->confirm());
}

// The one that hung keeps the lock of a file that has no name any more. The successor has its own.
TEST_F(LeaseTest, WhoeverTookItOverIsSeenToLiveAndToDie) {
  const auto hangs = lease("Dr A");
  ASSERT_TRUE(hangs->take_if_free());
  Meanwhile nothing{steady_, [] {}};
  auto mine = lease("Dr B");
  ASSERT_EQ(mine->take(nothing), Lease::Outcome::taken);
  EXPECT_TRUE(base::FileLock::is_held(lock()));
  EXPECT_FALSE(lease("Dr C")->take_if_free());
  mine.reset();
  EXPECT_FALSE(base::FileLock::is_held(lock()));
  EXPECT_TRUE(lease("Dr C")->take_if_free()) << "and Dr A still hangs";
}

// Whatever the wall clock does, a holder that sends its heartbeat keeps the lease.
TEST_F(LeaseTest, IsKeptByWhoLivesWhateverTheWallClockDoes) {
  constexpr auto kYears = hours{24 * 365 * 10};
  for (const Milliseconds jump : {Milliseconds{0}, Milliseconds{kYears}, -Milliseconds{kYears},
                                  Milliseconds{-hours{1}}, Milliseconds{hours{1}}}) {
    const auto mine = lease("Dr A");
    ASSERT_TRUE(mine->take_if_free());
    clock_.advance(jump);
    for (int minute = 0; minute < 5; ++minute) {
      const auto other = lease("Dr B");
      Meanwhile lives{steady_, [&] { mine->confirm(); }};
      EXPECT_EQ(other->take(lives), Lease::Outcome::driven);
      EXPECT_LE(lives.waited, kBetweenBeats + kTick);
      EXPECT_FALSE(seen()->is_silent) << "it has said its time anew";
    }
  }
}

// And a holder that hangs does not keep it for ever.
TEST_F(LeaseTest, IsTakenFromWhoHangsWhateverTheWallClockDoes) {
  constexpr auto kYears = hours{24 * 365 * 10};
  for (const Milliseconds jump : {Milliseconds{kYears}, -Milliseconds{kYears},
                                  Milliseconds{-hours{1}}, Milliseconds{hours{1}}}) {
    const auto hangs = lease("Dr A");
    ASSERT_TRUE(hangs->take_if_free());
    clock_.advance(jump);
    EXPECT_TRUE(seen()->is_silent) << "a heartbeat in the future is none";
    const auto mine = lease("Dr B");
    Meanwhile nothing{steady_, [] {}};
    EXPECT_EQ(mine->take(nothing), Lease::Outcome::taken);
    EXPECT_LE(nothing.waited, kLapse + kTick);
  }
}

// A watcher that was suspended itself, with the whole machine perhaps, has heard nothing meanwhile.
TEST_F(LeaseTest, IsNotTakenByWhoSleptWhileItWatched) {
  const auto mine = lease("Dr A");
  ASSERT_TRUE(mine->take_if_free());
  const auto other = lease("Dr B");
  int looks = 0;
  Meanwhile sleeps{steady_, [&] {
                     if (++looks == 5) steady_ += hours{3};
                     if (looks == 10) mine->confirm();
                   }};
  EXPECT_EQ(other->take(sleeps), Lease::Outcome::driven);
}

TEST_F(LeaseTest, IsTakenWhenItIsGivenBackMeanwhile) {
  auto mine = lease("Dr A");
  ASSERT_TRUE(mine->take_if_free());
  const auto other = lease("Dr B");
  int looks = 0;
  Meanwhile ends{steady_, [&] {
                   if (++looks == 3) mine.reset();
                 }};
  EXPECT_EQ(other->take(ends), Lease::Outcome::taken);
}

TEST_F(LeaseTest, IsLeftToItsHolderByWhoDoesNotWait) {
  const auto mine = lease("Dr A");
  ASSERT_TRUE(mine->take_if_free());
  Meanwhile leaves{steady_, [] {}};
  leaves.leaves_after = Milliseconds{1'000};
  EXPECT_EQ(lease("Dr B")->take(leaves), Lease::Outcome::left);
  EXPECT_NO_THROW(mine->confirm());
}

// A holder that slept and was not replaced meanwhile goes on.
TEST_F(LeaseTest, IsKeptByWhoSleptWhenNobodyTookIt) {
  const auto mine = lease("Dr A");
  ASSERT_TRUE(mine->take_if_free());
  pass(hours{3});
  EXPECT_TRUE(seen()->is_silent);
  EXPECT_NO_THROW(mine->confirm());
  EXPECT_FALSE(seen()->is_silent);
}

TEST_F(LeaseTest, IsAskedForByTheSessionInItsHome) {
  const auto mine = session_->lease();
  EXPECT_FALSE(session_->is_driven());
  ASSERT_TRUE(mine->take_if_free());
  EXPECT_TRUE(session_->is_driven());
  EXPECT_EQ(session_->driver()->holder.name, "Dr A. Okafor");
  Session looks_on = open();
  EXPECT_TRUE(looks_on.is_driven());
  clock_.advance(kLapse + kTick);
  EXPECT_FALSE(looks_on.is_driven()) << "silent";
  EXPECT_TRUE(looks_on.driver());
}

}  // namespace
}  // namespace tocsin::control
