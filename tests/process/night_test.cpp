// A small night with real processes. Then the same with the coordinator's program killed many
// times, and without a network.
#include "process/night.h"

#include <algorithm>
#include <csignal>
#include <map>
#include <set>

namespace tocsin::process {
namespace {

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator{folder}) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

// Checks what a journal must say after any night, even if its driver died many times.
void check_nobody_called_twice(const std::vector<json>& events) {
  std::map<std::string, std::set<std::string>> requests;
  std::set<std::string> replies;
  for (const json& event : events) {
    if (event["event"] == "issued" && event["kind"] == "request")
      requests[event["person"]].insert(event["message"]);
    if (event["event"] == "replied") {
      EXPECT_TRUE(replies.insert(event["message"]).second) << "a reply was counted twice";
    }
  }
  for (const auto& [person, ids] : requests) EXPECT_EQ(ids.size(), 1U) << person;
  EXPECT_EQ(requests.size(), 2U);
}

TEST_F(RealNight, FromDeclarationToPostsFilled) {
  good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
  Process driver{words("trust", {"run"})};
  ASSERT_TRUE(driver.wait_for("2 asked"));
  for (const char* person : {"100001", "100002"}) {
    const std::string shown = good_at(person, {"respond", "inbox", "--wait", "20"});
    EXPECT_NE(shown.find("EXERCISE"), std::string::npos);
    EXPECT_NE(shown.find("Red doors"), std::string::npos);
    good_at(person, {"respond", "answer", "1", "coming", "--eta", "25"});
    // One by one, because answers that come together are printed in one line.
    ASSERT_TRUE(driver.wait_for("assigned"));
  }
  // Another process appends; the driver notices and sends.
  good({"tell", "coming", "north entrance only"});
  ASSERT_TRUE(driver.wait_for("north entrance only"));
  driver.signal(SIGTERM);
  driver.finish();
  check_nobody_called_twice(journal());
  const json board = json::parse(good({"board", "--json"}));
  EXPECT_NE(board.dump().find("\"filled\":2"), std::string::npos) << board.dump();
  good({"record", "verify"});
}

// The driver is killed after its first line, its second, its third, … At each point nobody is
// forgotten, nobody is called under two ids, and no reply that the relay accepted is lost.
TEST_F(RealNight, KilledAgainAndAgain) {
  good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
  std::size_t deaths = 0;
  const auto die_after = [&](int lines) {
    Process driver{words("trust", {"run"})};
    for (int i = 0; i < lines; ++i)
      if (!driver.line(500)) break;  // no more output, so kill it now
    driver.signal(SIGKILL);
    const Outcome outcome = driver.finish();
    deaths += outcome.exit == 128 + SIGKILL ? 1 : 0;
  };
  for (int lines = 1; lines <= 3; ++lines) die_after(lines);
  {
    // This driver lives until both were asked, so that there is something to answer.
    Process driver{words("trust", {"run"})};
    std::string shown = good_at("100001", {"respond", "inbox", "--wait", "30"});
    EXPECT_NE(shown.find("Red doors"), std::string::npos);
    shown = good_at("100002", {"respond", "inbox", "--wait", "30"});
    EXPECT_NE(shown.find("Red doors"), std::string::npos);
    driver.signal(SIGKILL);
  }
  for (const char* person : {"100001", "100002"})
    good_at(person, {"respond", "answer", "1", "coming", "--eta", "25"});
  for (int lines = 1; lines <= 4; ++lines) die_after(lines);
  EXPECT_GE(deaths, 5U);

  Outcome last = tocsin("trust", {"step"});
  EXPECT_TRUE(last.exit == 0) << last.out;
  const auto events = journal();
  check_nobody_called_twice(events);
  EXPECT_EQ(std::count_if(
                events.begin(), events.end(),
                [](const json& e) { return e["event"] == "replied" && e["answer"] == "coming"; }),
            2);
  good({"record", "verify"});
  // Each device shows its request once.
  for (const char* person : {"100001", "100002"}) {
    const std::string shown = good_at(person, {"respond", "inbox"});
    std::size_t requests = 0;
    for (auto at = shown.find("request,"); at != std::string::npos;
         at = shown.find("request,", at + 1))
      ++requests;
    EXPECT_EQ(requests, 1U) << shown;
  }
}

// Without a network: a folder is carried both ways, and somebody else writes into it, too.
class CarriedNight : public RealNight {
 protected:
  // Ana's and Ben's request lie in the folder, and nobody can read them there.
  void declare_over_a_folder() {
    relay_.reset();
    set_channels(with_relay_,
                 "channels:\n  - channel: spool\n    folder: " + path("stick") + "\n  - phone");
    std::string playbook{kPlaybook};
    playbook.replace(playbook.find("[relay]"), 7, "[spool, phone]");
    write("small.yaml", playbook);
    good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
    EXPECT_EQ(tocsin("trust", {"step"}).exit, 5);
    ASSERT_EQ(files_in(folder_ / "stick/out").size(), 2U);
    for (const fs::path& file : files_in(folder_ / "stick/out"))
      for (const char* readable : {"Ana", "Ben", "100001", "Red doors", "EXERCISE"})
        EXPECT_EQ(read(file).find(readable), std::string::npos) << file;
  }
  std::string inbox() const {
    return good_at("100001", {"respond", "inbox", "--spool", path("stick")});
  }
  // Cut short, far too large, a link, another device's, and one byte changed.
  void spoil_requests(const fs::path& mine, const fs::path& theirs) {
    const std::string ours = mine.filename().string().substr(22);  // after the message's id
    const std::string whole = read(mine);
    write("stick/out/cut" + ours, whole.substr(0, whole.size() - 1));
    write("stick/out/huge" + ours, std::string(1'000'000, 'x'));
    fs::create_symlink("/etc/passwd", folder_ / ("stick/out/link" + ours));
    write("stick/out/other" + ours, read(theirs));
    std::string changed = whole;
    changed.back() = static_cast<char>(changed.back() ^ 1);
    write("stick/out/changed" + ours, changed);
  }
  void spoil_answers() {
    const auto answers = files_in(folder_ / "stick/in");
    ASSERT_EQ(answers.size(), 2U);  // one says that the request was seen
    std::string forged = read(answers.back());
    forged.back() = static_cast<char>(forged.back() ^ 1);
    write("stick/in/forged.msg", forged);
    write("stick/in/again.msg", read(answers.back()));
    write("stick/in/cut.msg", forged.substr(0, 40));
    fs::create_symlink("/dev/zero", folder_ / "stick/in/link.msg");
  }
};

TEST_F(CarriedNight, BelievesOnlyWhatItsOwnPeopleWrote) {
  declare_over_a_folder();
  std::string shown = inbox();
  EXPECT_NE(shown.find("EXERCISE"), std::string::npos) << shown;
  EXPECT_NE(shown.find("Red doors"), std::string::npos) << shown;
  ASSERT_EQ(files_in(folder_ / "stick/taken").size(), 1U);
  ASSERT_EQ(files_in(folder_ / "stick/out").size(), 1U);
  const fs::path theirs = files_in(folder_ / "stick/out").front();
  spoil_requests(files_in(folder_ / "stick/taken").front(), theirs);
  shown = inbox();
  EXPECT_NE(shown.find("5 messages are not from a coordinator"), std::string::npos) << shown;
  EXPECT_EQ(shown.find("[2]"), std::string::npos) << shown;
  EXPECT_EQ(files_in(folder_ / "stick/rejected").size(), 4U);
  EXPECT_EQ(files_in(folder_ / "stick/out"), std::vector{theirs});

  good_at("100001", {"respond", "answer", "1", "coming", "--eta", "25", "--spool", path("stick")});
  spoil_answers();
  const Outcome step = tocsin("trust", {"step"});
  EXPECT_NE(step.out.find("Ana Bell is coming"), std::string::npos) << step.out;
  EXPECT_NE(step.out.find("1 of 2 posts filled"), std::string::npos) << step.out;
  EXPECT_TRUE(files_in(folder_ / "stick/in").empty());
  EXPECT_EQ(files_in(folder_ / "stick/rejected").size(), 6U);
  std::size_t refused = 0;
  for (const json& event : journal())
    if (event["event"] == "refused") refused += event["count"].get<std::size_t>();
  EXPECT_EQ(refused, 2U);  // the forged one, and the one that came again

  // The decision comes the same way.
  shown = inbox();
  EXPECT_NE(shown.find("assigned"), std::string::npos) << shown;
  good({"record", "verify"});
}

// Two people enrol a second telephone each, one after the other, while `enrolled --wait` runs.
TEST_F(RealNight, DevicesAreAcceptedAsTheyCome) {
  Process desk{words("trust", {"staff", "enrolled", "--accept", "--wait", "10min"})};
  ASSERT_TRUE(desk.wait_for("membership list"));
  for (const char* person : {"100002", "100001"}) {
    const std::string second = std::string{person} + "-second";
    const std::string shown = good({"staff", "invite", person, "--json"});
    const auto begin = shown.find('{');
    const json invitation = json::parse(shown.substr(begin, shown.rfind('}') + 1 - begin));
    good_at(second, {"respond", "enrol", invitation.at("code"), "--no-passphrase"});
    ASSERT_TRUE(desk.wait_for("1 accepted"));
    const std::string told = good_at(second, {"respond", "inbox", "--wait", "20"});
    EXPECT_NE(told.find("has accepted this device"), std::string::npos) << told;
    relay_.reset();
    ASSERT_TRUE(desk.wait_for("it is asked again"));
    start_relay();
  }
  // A device with an invitation that another device has used is told so, and does not wait for
  // ever.
  const std::string shown = good({"staff", "invite", "100001", "--json"});
  const auto begin = shown.find('{');
  const json invitation = json::parse(shown.substr(begin, shown.rfind('}') + 1 - begin));
  for (const char* device : {"third", "fourth"})
    good_at(device, {"respond", "enrol", invitation.at("code"), "--no-passphrase"});
  ASSERT_TRUE(desk.wait_for("1 accepted"));
  EXPECT_NE(good_at("third", {"respond", "inbox", "--wait", "20"}).find("has accepted"),
            std::string::npos);
  const Outcome refused = tocsin("fourth", {"respond", "inbox", "--wait", "20"});
  EXPECT_EQ(refused.exit, 6);
  EXPECT_NE(refused.out.find("this device is not accepted"), std::string::npos) << refused.out;

  desk.signal(SIGTERM);
  desk.finish();
  const std::string listed = good({"staff", "enrolled", "--json"});
  const json enrolled = json::parse(listed.substr(listed.find('{')));
  EXPECT_EQ(enrolled.at("devices").size(), 5U) << listed;
  EXPECT_TRUE(enrolled.at("waiting").empty()) << listed;
}

// A device whose invitation was refused gets another before it has heard of the refusal.
TEST_F(RealNight, ARefusalOfAnEarlierInvitationHarmsNoDevice) {
  const auto invitation = [&] {
    const std::string shown = good({"staff", "invite", "100001", "--json"});
    const auto begin = shown.find('{');
    return json::parse(shown.substr(begin, shown.rfind('}') + 1 - begin)).at("code");
  };
  const auto enrol = [&](const std::string& device, const json& code) {
    good_at(device, {"respond", "enrol", code, "--no-passphrase"});
  };
  const json used = invitation();
  enrol("taker", used);
  good({"staff", "enrolled", "--accept"});
  for (const bool is_told_between : {false, true}) {
    const std::string late = is_told_between ? "late" : "later";
    enrol(late, used);
    if (is_told_between) good({"staff", "enrolled", "--accept"});
    enrol(late, invitation());
    good({"staff", "enrolled", "--accept"});
    EXPECT_NE(good_at(late, {"respond", "inbox"}).find("has accepted"), std::string::npos);
    good_at(late, {"respond", "inbox"});
  }
}

}  // namespace
}  // namespace tocsin::process
