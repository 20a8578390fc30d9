#include "control/channel_test.h"

#include <thread>

#include "base/fault.h"
#include "base/file.h"
#include "unit/control/room.h"

namespace tocsin::control {
namespace {

using namespace std::chrono_literals;

// A program of the organisation's own that says of each message what its address asks for.
constexpr std::string_view kPager = R"(#!/usr/bin/python3
import json, sys
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] != "message":
        continue
    to = message["to"]
    state = "failed-for-good" if to == "gone" else "sent"
    print(json.dumps({"type": "receipt", "id": message["id"], "state": state}), flush=True)
    if to == "talks" and message["text"].startswith("Test of"):
        print(json.dumps({"type": "said", "id": "a1", "from": to, "text": "ok",
                          "at": message["expires"]}), flush=True)
)";

class ChannelTestTest : public Room {
 protected:
  void SetUp() override {
    base::write_file(path() / "pager", base::bytes_of(kPager), base::Access::owner_only);
    std::filesystem::permissions(path() / "pager", std::filesystem::perms::owner_all);
    home::Settings settings = home().settings();
    settings.channels.push_back({contact::ChannelId{"exec"}, {{"program", "pager"}}});
    base::write_file(path() / "tocsin.yaml", base::bytes_of(home::settings_text(settings)),
                     base::Access::owner_only);
    std::vector<roster::Responder> people = night_.state.roster.responders();
    people[0].contacts.push_back({roster::ChannelId{"exec"}, "talks", {}, {}});
    people[1].contacts.push_back({roster::ChannelId{"exec"}, "gone", {}, {}});
    write_roster(home(), keys().store, {2, clock_.now(), people}, random_, hold_people(home()));
  }
  ChannelTested test(const Pause& pause) {
    const home::Home here = home();
    const home::Unlocked unlocked = keys();
    const roster::Roster roster = need_roster(here, unlocked.store);
    const home::Channel& channel = need_lone_channel(here, "exec", "tested");
    const TestScope scope = scope_of(roster, channel.id, {});
    return test_channel({here, unlocked, channel, roster, scope, 10min}, clock_, random_, pause);
  }
};

TEST_F(ChannelTestTest, KeepsWhatItFound) {
  // The program answers when it likes, and no time passes for that.
  const ChannelTested tested = test([](base::Milliseconds) {
    std::this_thread::yield();
    return false;
  });
  EXPECT_TRUE(tested.notes.empty()) << tested.notes.front();
  const TestCounts counts = counts_of(tested.points);
  EXPECT_EQ(counts.people, 2U);
  EXPECT_EQ(counts.of(TestOutcome::answered), 1U);
  EXPECT_EQ(counts.of(TestOutcome::failed), 1U);
  const ContactTests kept = read_contact_tests(home(), keys().store);
  EXPECT_EQ(kept.last_of(roster::ChannelId{"exec"}).size(), 2U);
}

TEST_F(ChannelTestTest, EndsWhenAnIncidentIsDeclaredAndKeepsWhatItHas) {
  std::unique_ptr<Session> session;
  const ChannelTested tested = test([&](base::Milliseconds) {
    if (!session) session = declare("EX-1");
    clock_.advance(2s);
    return false;
  });
  ASSERT_EQ(tested.notes.size(), 1U);
  EXPECT_EQ(tested.notes.front(), "an incident was declared, so the test has ended");
  EXPECT_EQ(read_contact_tests(home(), keys().store).all().size(), 2U);
  EXPECT_THROW(test([](base::Milliseconds) { return true; }), base::Fault);
}

}  // namespace
}  // namespace tocsin::control
