// Who drives: real processes that run an incident, hang, are replaced and wake up.
#include <csignal>

#include "process/night.h"

namespace tocsin::process {
namespace {

class Takeover : public RealNight {
 protected:
  void SetUp() override {
    RealNight::SetUp();
    good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
  }
  json board() const { return json::parse(good({"board", "--json"})); }
  std::string events() const { return good({"record", "export"}); }
};

TEST_F(Takeover, ADriverThatHangsIsReplacedAndThenAppendsNothing) {
  Process first{words("trust", {"run"})};
  ASSERT_TRUE(first.wait_for("2 asked"));
  for (const char* person : {"100001", "100002"})
    good_at(person, {"respond", "inbox", "--wait", "30"});
  const json before = board();
  EXPECT_EQ(before["driven"], true);
  EXPECT_EQ(before["driver"]["name"], "Dr A. Okafor");
  EXPECT_FALSE(before["driver"]["host"].get<std::string>().empty());

  first.signal(SIGSTOP);
  good_at("100001", {"respond", "answer", "1", "coming", "--eta", "25"});
  good({"decide", "open Theatre 5", "--because", "others append while it hangs"});
  Process second{words("trust", {"run"})};
  ASSERT_TRUE(second.wait_for("has sent no heartbeat"));
  ASSERT_TRUE(second.wait_for("assigned"));
  const json after = board();
  EXPECT_EQ(after["driven"], true);
  EXPECT_NE(after["driver"]["process"], before["driver"]["process"]);

  // Now there is something to decide, and only the first could. Its successor stands still, too, so
  // that whatever is appended is by the first.
  second.signal(SIGSTOP);
  good_at("100002", {"respond", "answer", "1", "coming", "--eta", "25"});
  const std::string journalled = events();
  first.signal(SIGCONT);
  const Outcome outcome = first.finish();
  EXPECT_EQ(outcome.exit, 9);
  EXPECT_NE(outcome.out.find("is driven by Dr A. Okafor since "), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("It has stopped driving, and nothing is lost"), std::string::npos);
  EXPECT_EQ(outcome.out.find("error"), std::string::npos) << outcome.out;
  EXPECT_EQ(events(), journalled);

  second.signal(SIGCONT);
  ASSERT_TRUE(second.wait_for("assigned"));
  good({"record", "verify"});
}

TEST_F(Takeover, ASecondRunSaysWhoDrivesAndThatItDoesNot) {
  Process first{words("trust", {"run"})};
  ASSERT_TRUE(first.wait_for("2 asked"));
  for (const char* command : {"run", "step"}) {
    const Outcome outcome = tocsin("trust", {command});
    EXPECT_EQ(outcome.exit, 9) << command;
    EXPECT_NE(outcome.out.find("is driven by Dr A. Okafor since "), std::string::npos)
        << outcome.out;
  }
  const Outcome outcome = tocsin("trust", {"run", "--json"});
  EXPECT_EQ(outcome.exit, 9);
  const auto begin = outcome.out.find('{');
  const json said = json::parse(outcome.out.substr(begin, outcome.out.rfind('}') + 1 - begin));
  EXPECT_EQ(said["driver"]["name"], "Dr A. Okafor");
  EXPECT_EQ(said["driver"]["silent"], false);
  first.signal(SIGTERM);
  first.finish();
  EXPECT_NE(tocsin("trust", {"step"}).exit, 9);
}

TEST_F(Takeover, TheBoardSaysThatNobodyDrivesAtOnce) {
  Terminal watch{words("trust", {"board", "--watch"})};
  ASSERT_TRUE(watch.shows("! NOBODY DRIVES: nothing is decided or sent")) << watch.text();
  {
    Process driver{words("trust", {"run"})};
    ASSERT_TRUE(watch.shows("driven   by Dr A. Okafor since ")) << watch.text();
    driver.signal(SIGKILL);
    driver.finish();
  }
  ASSERT_TRUE(watch.shows("! NOBODY DRIVES: nothing is decided or sent")) << watch.text();
  EXPECT_EQ(board()["driver"], nullptr);
  EXPECT_EQ(board()["driven"], false);
  {
    Process driver{words("trust", {"run"})};
    ASSERT_TRUE(watch.shows("driven   by Dr A. Okafor since ")) << "taken over from the dead";
    driver.signal(SIGSTOP);
    ASSERT_TRUE(watch.shows("! NOBODY DRIVES: nothing heard since ")) << watch.text();
    EXPECT_EQ(board()["driven"], false);
    EXPECT_EQ(board()["driver"]["silent"], true);
  }
  watch.press("q");
  EXPECT_EQ(watch.finish().exit, 0);
}

}  // namespace
}  // namespace tocsin::process
