// Keys that people press: the real program in its own terminal, on the night of night.h, where
// people can be reached by telephone only.
#include <algorithm>

#include "process/night.h"

namespace tocsin::process {
namespace {

class AtTheTerminal : public RealNight {
 protected:
  void SetUp() override {
    RealNight::SetUp();
    std::string playbook{kPlaybook};
    playbook.replace(playbook.find("[relay]"), 7, "[phone]");
    write("small.yaml", playbook);
    good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
  }
  // The answers to prompts in the record.
  std::vector<json> answers() const {
    std::vector<json> found;
    for (const json& event : journal())
      if (event["event"] == "answered") found.push_back(event);
    return found;
  }
  // The terminal's screen and keys must be as before.
  static void expect_restored(const Outcome& outcome) {
    EXPECT_NE(outcome.out.find("\x1b[?1049h"), std::string::npos);
    EXPECT_GT(outcome.out.rfind("\x1b[?1049l"), outcome.out.rfind("\x1b[?1049h"));
    EXPECT_NE(outcome.out.rfind("\x1b[?25h"), std::string::npos);
  }
};

TEST_F(AtTheTerminal, APromptIsAnsweredOnTheBoardInAKey) {
  EXPECT_EQ(tocsin("trust", {"step"}).exit, 5);
  Terminal board{words("trust", {"board", "--watch"})};
  ASSERT_TRUE(board.shows("1 phone list: let the switchboard run")) << board.text();
  board.press("a");   // without a prompt's number: nothing happens
  board.press("7x");  // cancels the number
  board.press("1");
  ASSERT_TRUE(board.shows("prompt 1: a accepts, n declines")) << board.text();
  EXPECT_TRUE(answers().empty());
  board.press("a");
  ASSERT_TRUE(board.shows("prompt 1 accepted")) << board.text();
  board.press("1a");  // again
  ASSERT_TRUE(board.shows("prompt 1 was answered already")) << board.text();
  board.press("9n");
  ASSERT_TRUE(board.shows("there is no prompt 9")) << board.text();
  board.press("q");
  const Outcome outcome = board.finish();
  EXPECT_EQ(outcome.exit, 0);
  expect_restored(outcome);
  const auto said = answers();
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0]["verdict"], "accepted");
  EXPECT_EQ(said[0]["by"], "Dr A. Okafor");
}

TEST_F(AtTheTerminal, WhoeverDrivesAnswersAndLeaves) {
  Terminal run{words("trust", {"run"})};
  ASSERT_TRUE(run.shows("1 phone list")) << run.text();
  ASSERT_TRUE(run.shows("q leaves; the incident goes on when it is run again")) << run.text();
  run.press("1");
  ASSERT_TRUE(run.shows("prompt 1: a accepts, n declines")) << run.text();
  run.press("n");
  ASSERT_TRUE(run.shows("prompt 1 declined")) << run.text();
  run.press("q");
  const Outcome outcome = run.finish();
  EXPECT_EQ(outcome.exit, 5);  // posts are open
  expect_restored(outcome);
  const auto said = answers();
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0]["verdict"], "declined");
  EXPECT_EQ(said[0]["why"], "declined on the board");
}

TEST_F(AtTheTerminal, AnInterruptLeavesTheScreenAsItWas) {
  Terminal run{words("trust", {"run"})};
  ASSERT_TRUE(run.shows("phone list")) << run.text();
  run.press("\x03");  // Ctrl-C
  const Outcome outcome = run.finish();
  EXPECT_EQ(outcome.exit, 5);
  expect_restored(outcome);
}

TEST_F(AtTheTerminal, TheBoardFitsASmallScreen) {
  EXPECT_EQ(tocsin("trust", {"step"}).exit, 5);
  Terminal board{words("trust", {"board", "--watch"}), 40, 12};
  ASSERT_TRUE(board.shows("phone list")) << board.text();
  board.press("q");
  const Outcome outcome = board.finish();
  EXPECT_EQ(outcome.exit, 0);
  const auto first = outcome.out.find("\x1b[H");
  const auto second = outcome.out.find("\x1b[J", first);
  const std::string frame = outcome.out.substr(first, second - first);
  EXPECT_LT(std::count(frame.begin(), frame.end(), '\n'), 12) << frame;
}

}  // namespace
}  // namespace tocsin::process
