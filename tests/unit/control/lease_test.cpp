#include "control/lease.h"

#include "unit/control/room.h"

namespace tocsin::control {
namespace {

class LeaseTest : public Room {
 protected:
  LeaseTest() : session_(declare("EX-1")) {}
  Lease lease(const char* by) {
    return {session_->journal().lease(), folder_.path() / "note", by, clock_};
  }
  std::unique_ptr<Session> session_;
};

TEST_F(LeaseTest, IsHeldByOneAndSaysByWhom) {
  Lease other = lease("Dr B");
  {
    Lease mine = lease("Dr A");
    ASSERT_TRUE(mine.take());
    EXPECT_TRUE(session_->is_driven());
    EXPECT_FALSE(other.take());
    EXPECT_NE(other.holder().find("Dr A, since"), std::string::npos) << other.holder();
  }
  EXPECT_FALSE(session_->is_driven()) << "given back";
  EXPECT_EQ(other.holder(), "another process") << "the note is gone";
  EXPECT_TRUE(other.take());
}

TEST_F(LeaseTest, IsLostByWhoSleepsForTooLong) {
  Lease mine = lease("Dr A");
  ASSERT_TRUE(mine.take());
  clock_.set(clock_.now() + base::Milliseconds{9'000});
  EXPECT_TRUE(mine.renew());
  const auto other = session_->journal().lease();
  EXPECT_FALSE(other->take(clock_.now(), base::Milliseconds{10'000}));
  clock_.set(clock_.now() + base::Milliseconds{11'000});
  ASSERT_TRUE(other->take(clock_.now(), base::Milliseconds{10'000}));
  EXPECT_FALSE(mine.renew());
}

}  // namespace
}  // namespace tocsin::control
