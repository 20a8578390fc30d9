// Commands that make files are killed before each change of the disk, or before some of them, and
// given again: the second time they succeed or say that it was done before, and no other command
// notices. TOCSIN_KILLS=all takes every point; else it is a dozen or fewer of each command, the
// first and the last among them.
#include <algorithm>
#include <cstdlib>
#include <functional>

#include "process/killer.h"
#include "process/night.h"

namespace tocsin::process {
namespace {

constexpr int kSample = 6;

std::vector<int> points_of(int calls) {
  const char* wanted = std::getenv("TOCSIN_KILLS");
  const bool all = wanted != nullptr && std::string_view{wanted} == "all";
  std::vector<int> points;
  const int step = all ? 1 : std::max(1, calls / kSample);
  // Steps of one length would meet the same step of each file again and again.
  for (int at = 1; at <= calls; at += all ? 1 : std::max(1, step + (at % 3) - 1))
    points.push_back(at);
  if (points.empty() || points.back() != calls) points.push_back(calls);
  return points;
}

class Killed : public RealNight {
 protected:
  void SetUp() override {
    if (!can_trace()) GTEST_SKIP() << "this machine allows no tracing";
    found();
  }
  // Homes are copied from one that is ready.
  void copy_home(const std::string& from, const std::string& to) const {
    fs::remove_all(folder_ / to);
    fs::copy(folder_ / from, folder_ / to, fs::copy_options::recursive);
  }
  std::vector<std::string> leftovers(const std::string& home) const {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator{folder_ / home})
      if (entry.path().extension() == ".new") found.push_back(entry.path().string());
    return found;
  }
  using Command = std::function<std::vector<std::string>()>;
  using Check = std::function<void(const std::string& home)>;
  // Kills what `make` says in copies of the home `from`, gives it again, and looks.
  void kill_and_repeat(const std::string& from, const Command& make, const Check& after_kill,
                       const Check& after_all) {
    copy_home(from, "whole");
    const Traced whole = run_and_kill(words("whole", make()), 0);
    ASSERT_EQ(whole.exit, 0);
    ASSERT_GT(whole.calls, 3) << "nothing was traced";
    const std::vector<int> points = points_of(whole.calls);
    std::size_t kills = 0;
    for (const int point : points) {
      SCOPED_TRACE(fmt::format("killed before change {} of {}", point, whole.calls));
      copy_home(from, "killed");
      const std::vector<std::string> command = make();
      kills += run_and_kill(words("killed", command), point).was_killed ? 1 : 0;
      after_kill("killed");
      const Outcome again = tocsin("killed", command);
      EXPECT_EQ(again.exit, 0) << again.out;
      after_all("killed");
      EXPECT_EQ(leftovers("killed"), std::vector<std::string>{});
      if (HasFailure()) return;
    }
    EXPECT_GE(kills + 1, points.size()) << "a run may have one call less than another";
  }
  // No incident is there, or a whole one.
  void incidents_are_whole(const std::string& home) const {
    const Outcome board = tocsin(home, {"board"});
    EXPECT_TRUE(board.exit == 0 || board.out.find("no incident is open") != std::string::npos)
        << board.out;
    EXPECT_EQ(board.out.find("left out"), std::string::npos) << board.out;
  }
};

std::function<std::vector<std::string>()> always(std::vector<std::string> words) {
  return [words = std::move(words)] { return words; };
}

TEST_F(Killed, InitMakesAHomeOrNone) {
  fs::create_directories(folder_ / "empty");
  kill_and_repeat(
      "empty", always({"init", "--organisation", "A", "--coordinator", "B", "--no-passphrase"}),
      [](const std::string&) {},
      [&](const std::string& home) {
        good_at(home, {"staff", "import", path("staff.csv")});
        incidents_are_whole(home);
      });
}

TEST_F(Killed, EnrolMakesADeviceOrNone) {
  set_relay(start_relay());
  fs::create_directories(folder_ / "empty");
  kill_and_repeat(
      "empty",
      [&] {
        return std::vector<std::string>{"respond", "enrol", invite("100001"), "--no-passphrase"};
      },
      [](const std::string&) {},
      [&](const std::string& home) {
        good_at(home, {"respond", "inbox"});
      });
}

TEST_F(Killed, DeclareOpensAnIncidentOrNone) {
  kill_and_repeat(
      "trust",
      always({"declare", path("small.yaml"), "--override-channels", "--exercise", "--reason",
              "a test"}),
      [&](const std::string& home) { incidents_are_whole(home); },
      [&](const std::string& home) {
        // Killed late, it had opened one, and the second is another one.
        const Outcome board = tocsin(home, {"board"});
        EXPECT_TRUE(board.exit == 0 || board.out.find("2 incidents are open") != std::string::npos)
            << board.out;
        EXPECT_EQ(board.out.find("left out"), std::string::npos) << board.out;
        EXPECT_EQ(tocsin(home, {"record", "verify"}).exit, 0);
      });
}

TEST_F(Killed, ImportsReplaceAllOrNothing) {
  write("rota.csv", "ID,Date,Start,End,Duty,Role\n100001,22/07/2030,08:00,20:00,Long Day,\n");
  const auto rows = [&](const std::string& home) {
    EXPECT_NE(good_at(home, {"staff", "list"}).find("Ana Bell"), std::string::npos);
  };
  kill_and_repeat("trust", always({"staff", "import", path("staff.csv")}), rows, rows);
  kill_and_repeat("trust", always({"rota", "import", path("rota.csv")}), rows, rows);
}

}  // namespace
}  // namespace tocsin::process
