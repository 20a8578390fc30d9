#include "control/drive.h"

#include "unit/control/room.h"

namespace tocsin::control {
namespace {

class Visitor final : public Onlooker {
 public:
  explicit Visitor(int stays) : stays_(stays) {}
  void show(Change, const std::string& trouble) override { shown.push_back(trouble); }
  void say(const std::string& words) override { said.push_back(words); }
  bool wait(base::Milliseconds) override { return --stays_ <= 0; }

  std::vector<std::string> shown;
  std::vector<std::string> said;

 private:
  int stays_;
};

class DriveTest : public Room {
 protected:
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

TEST_F(DriveTest, WhoServesMailboxesStaysAfterTheEnd) {
  stand_down();
  Visitor visitor{5};
  EXPECT_EQ(drive_until_over(*session_, driving_, visitor, clock_, Serves::mailboxes),
            Ending::over);
  EXPECT_EQ(visitor.shown.back(), "the incident is over; the relay serves on until you leave");
}

}  // namespace
}  // namespace tocsin::control
