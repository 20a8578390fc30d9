#include "control/drive.h"

#include "base/fault.h"
#include "faulty_disk.h"
#include "tamper.h"
#include "unit/control/room.h"

namespace tocsin::control {
namespace {

class Visitor final : public Onlooker {
 public:
  explicit Visitor(int stays) : stays_(stays) {}
  void show(Change, const std::string& trouble) override { shown.push_back(trouble); }
  void say(const std::string& words) override { said.push_back(words); }
  bool wait(base::Milliseconds) override {
    if (--stays_ == heals_at) heal();
    return stays_ <= 0;
  }

  int heals_at = -1;  // with so many stays left
  std::function<void()> heal;
  std::vector<std::string> shown;
  std::vector<std::string> said;

 private:
  int stays_;
};

class DriveTest : public Room {
 protected:
  // Drives while the disk fails, which it does for so many rounds; then it is whole again.
  void drive_through(const std::function<void()>& fail) {
    Visitor visitor{8};
    visitor.heals_at = 4;
    visitor.heal = [this] { disk_.heal(); };
    fail();
    EXPECT_EQ(drive_until_over(*session_, driving_, visitor, clock_, Serves::nothing),
              Ending::left);
    ASSERT_EQ(visitor.said.size(), 1u) << "once a minute";
    EXPECT_NE(visitor.said.front().find("trying again"), std::string::npos);
    EXPECT_FALSE(session_->state().phone_list.empty()) << "it went on";
  }
  DriveTest() : session_(declare("EX-1")), driving_(*session_, clock_, when_asked()) {
    EXPECT_TRUE(driving_.take_lease());
  }
  static Wiring when_asked() {
    Wiring wiring;
    wiring.listen = channel::Listen::when_asked;
    return wiring;
  }
  void stand_down() {
    session_->carry_out(
        [](const incident::State& state) { return incident::stand_down(state, "all done"); });
  }
  journal::FaultyDisk disk_;  // under all that follows
  std::unique_ptr<Session> session_;
  Driving driving_;
};

TEST_F(DriveTest, UntilQuietLeavesNothingToDo) {
  drive_until_quiet(driving_);
  EXPECT_FALSE(driving_.turn());
  EXPECT_FALSE(session_->state().phone_list.empty()) << "the playbook calls by telephone";
}

TEST_F(DriveTest, UntilOverEndsWhenWhoWatchesLeaves) {
  Visitor visitor{3};
  EXPECT_EQ(drive_until_over(*session_, driving_, visitor, clock_, Serves::nothing), Ending::left);
  EXPECT_EQ(visitor.shown.size(), 3u);
}

TEST_F(DriveTest, UntilOverEndsWithTheIncident) {
  stand_down();
  Visitor visitor{100};
  EXPECT_EQ(drive_until_over(*session_, driving_, visitor, clock_, Serves::nothing), Ending::over);
}

TEST_F(DriveTest, UntilOverOutlivesADiskThatCannotBeWritten) {
  drive_through([&] { disk_.fail_after(0, SQLITE_IOERR_WRITE); });
}

TEST_F(DriveTest, UntilOverOutlivesADiskThatCannotBeReadEither) {
  drive_through([&] {
    disk_.fail_after(0, SQLITE_IOERR_WRITE);
    disk_.fail_reads(SQLITE_IOERR_READ);
  });
}

TEST_F(DriveTest, UntilOverOutlivesADiskThatGivesNonsense) {
  drive_through([&] {
    disk_.fail_after(0, SQLITE_IOERR_WRITE);
    disk_.fail_reads(SQLITE_CORRUPT);
  });
}

TEST_F(DriveTest, UntilOverEndsWithDamageThatAHashProves) {
  session_->carry_out([](const incident::State&) { return incident::decide("a", "b"); });
  journal::Tamper(home().journal_path(session_->state().declared.incident))
      .execute(
          "UPDATE event SET hash = zeroblob(32) WHERE number = (SELECT max(number) FROM event)");
  Visitor visitor{100};
  try {
    drive_until_over(*session_, driving_, visitor, clock_, Serves::nothing);
    FAIL() << "nothing that follows it can be trusted";
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::untrusted);
  }
}

TEST_F(DriveTest, WhoServesMailboxesStaysAfterTheEnd) {
  stand_down();
  Visitor visitor{5};
  EXPECT_EQ(drive_until_over(*session_, driving_, visitor, clock_, Serves::mailboxes),
            Ending::over);
  EXPECT_EQ(visitor.shown.back(), "the incident is over; the relay serves on until you leave");
}

}  // namespace
}  // namespace tocsin::control
