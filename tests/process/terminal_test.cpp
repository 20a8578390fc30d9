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

// The operator at the switchboard of this night, who is given the nearer of two people first.
class AtTheSwitchboard : public AtTheTerminal {
 protected:
  void SetUp() override {
    AtTheTerminal::SetUp();
    EXPECT_EQ(tocsin("trust", {"step"}).exit, 5);
  }
  // Each answer in the record: who, and what.
  std::vector<std::string> replies() const {
    std::vector<std::string> found;
    for (const json& event : journal())
      if (event["event"] == "replied")
        found.push_back(fmt::format("{} {}", event["person"].get<std::string>(),
                                    event["answer"].get<std::string>()));
    return found;
  }
  using Replies = std::vector<std::string>;
};

TEST_F(AtTheSwitchboard, AMistypedTimeIsAskedForAgain) {
  Terminal phone{words("trust", {"phone"})};
  ASSERT_TRUE(phone.shows("q leave")) << phone.text();
  phone.press("y");
  ASSERT_TRUE(phone.shows("minutes until they are here [10]: ")) << phone.text();
  phone.press("soon\n");
  ASSERT_TRUE(phone.shows("\"soon\" is not recorded: type minutes within a day")) << phone.text();
  ASSERT_TRUE(phone.shows("minutes until they are here [10]: ")) << phone.text();
  phone.press("9000\n");  // six days
  ASSERT_TRUE(phone.shows("\"9000\" is not recorded")) << phone.text();
  ASSERT_TRUE(phone.shows("minutes until they are here [10]: ")) << phone.text();
  phone.press("nnn\x1b");
  ASSERT_TRUE(phone.shows("q leave")) << "back at the keys: " << phone.text();
  EXPECT_EQ(replies(), Replies{});
  phone.press("l");
  ASSERT_TRUE(phone.shows("from when [")) << phone.text();
  phone.press("25:99\n");
  ASSERT_TRUE(phone.shows("\"25:99\" is not recorded: type a time")) << phone.text();
  ASSERT_TRUE(phone.shows("from when [")) << phone.text();
  phone.press("\x1b");
  ASSERT_TRUE(phone.shows("q leave")) << phone.text();
  phone.press("y");
  ASSERT_TRUE(phone.shows("minutes until they are here [10]: ")) << phone.text();
  phone.press("5\n");
  ASSERT_TRUE(phone.shows("Ben Moss is coming, at ")) << phone.text();
  ASSERT_TRUE(phone.shows("they have hung up")) << phone.text();
  phone.press("t");
  ASSERT_TRUE(phone.shows("q leave")) << phone.text();
  phone.press("q");
  EXPECT_NE(phone.finish().exit, 1);
  EXPECT_EQ(replies(), Replies{"100002 coming"});
}

TEST_F(AtTheSwitchboard, AnUndoRingsTheLastPersonAgainAndTheNewestAnswerCounts) {
  Terminal phone{words("trust", {"phone"})};
  ASSERT_TRUE(phone.shows("q leave")) << phone.text();
  phone.press("n");
  ASSERT_TRUE(phone.shows("Ben Moss cannot come")) << phone.text();
  ASSERT_TRUE(phone.shows("u undo: Ben Moss again")) << phone.text();
  phone.press("u");
  ASSERT_TRUE(phone.shows("Ben Moss: the last note was wrong")) << phone.text();
  ASSERT_TRUE(phone.shows("07700 900002")) << phone.text();
  ASSERT_TRUE(phone.shows("wrong number  q leave")) << "no undo twice: " << phone.text();
  phone.press("y");
  ASSERT_TRUE(phone.shows("minutes until they are here")) << phone.text();
  phone.press("\n");
  ASSERT_TRUE(phone.shows("they have hung up")) << phone.text();
  phone.press("t");
  ASSERT_TRUE(phone.shows("u undo: Ben Moss again")) << phone.text();
  phone.press("q");
  EXPECT_NE(phone.finish().exit, 1);
  EXPECT_EQ(replies(), (Replies{"100002 no", "100002 coming"}));
}

TEST_F(AtTheSwitchboard, KeysPressedBeforeACallIsShownAnswerNothing) {
  Terminal phone{words("trust", {"phone"})};
  ASSERT_TRUE(phone.shows("q leave")) << phone.text();
  phone.press("nnnn");  // one answer, and three keys too many
  ASSERT_TRUE(phone.shows("Ben Moss cannot come")) << phone.text();
  ASSERT_TRUE(phone.shows("Ana Bell")) << phone.text();
  ASSERT_TRUE(phone.shows("q leave")) << phone.text();
  phone.press("q");
  EXPECT_EQ(phone.finish().exit, 4) << "somebody waits to be rung";
  EXPECT_EQ(replies(), Replies{"100002 no"});
}

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
