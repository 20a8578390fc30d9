// A night by text messages, with the coordinator's real program and a simulator of GOV.UK Notify.
#include "process/night.h"

#include <algorithm>

#include "provider/provider_process.h"

namespace tocsin::process {
namespace {

const std::string kKey =
    "call-ins-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0";

class TextedNight : public RealNight {
 protected:
  void SetUp() override {
    found();
    std::string staff = kStaff;
    for (std::size_t at = 0; (at = staff.find("Phone", at)) != std::string::npos; at += 5)
      staff.replace(at, 5, "SMS");
    write("staff.csv", staff);
    good({"staff", "import", path("staff.csv")});
    write("small.yaml",
          playbooks::changed(kPlaybook, {{"channels: [relay]", "channels: [sms, phone]"}}));
    set_channels(
        "channels:\n",
        fmt::format("channels:\n  - channel: sms\n    provider: notify\n    key: notify.key\n"
                    "    template: 5d2f1c7e-0b0e-4a3c-9d0a-1f5b8d7c6e21\n    url: {}\n",
                    provider_.origin()));
    write("trust/notify.key", kKey + "\n");
    allow(fs::perms::owner_read);
  }
  void allow(fs::perms perms) const { fs::permissions(path("trust/notify.key"), perms); }
  std::vector<std::string> receipts() const {
    std::vector<std::string> all;
    for (const json& event : journal())
      if (event.at("event") == "receipted") all.push_back(event.at("receipt"));
    return all;
  }

  provider::ProviderProcess provider_{{"notify", "--key", kKey}};
};

TEST_F(TextedNight, GoesOutAndComesBack) {
  good({"check", path("small.yaml")});
  EXPECT_EQ(tocsin("trust", {"plan", path("small.yaml")}).out.find("cannot send"),
            std::string::npos);
  good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
  tocsin("trust", {"step"});
  json seen = provider_.control();
  ASSERT_EQ(seen.at("texts").size(), 2U);
  const std::string asked = seen.at("texts").at(0).at("message");
  EXPECT_TRUE(asked.starts_with("Incident message. Please answer Y"))
      << "there is no page: " << asked;
  EXPECT_EQ(receipts(), (std::vector<std::string>{"sent", "sent"}));

  provider_.control({{"settle", true},
                     {"hear", json::array({{{"from", "447700900001"}, {"content", "banana"}}})}});
  tocsin("trust", {"step"});
  // One number is Notify's for a failure. Who wrote what is no answer is told how to answer.
  std::vector<std::string> all = receipts();
  std::sort(all.begin(), all.end());
  EXPECT_EQ(all,
            (std::vector<std::string>{"delivered", "failed for good", "sent", "sent", "sent"}));
  seen = provider_.control();
  ASSERT_EQ(seen.at("texts").size(), 3U);
  const std::string choices = seen.at("texts").at(2).at("message");
  EXPECT_TRUE(choices.starts_with("We could not read that.")) << choices;

  provider_.control({{"hear", json::array({{{"from", "447700900001"}, {"content", "Y 20"}}})}});
  tocsin("trust", {"step"});
  int coming = 0;
  for (const json& event : journal())
    coming += event.at("event") == "replied" && event.at("answer") == "coming" ? 1 : 0;
  EXPECT_EQ(coming, 1);
  EXPECT_TRUE(seen.at("refused").empty());

  // Neither key nor number stands anywhere but where they belong.
  for (const auto& entry : fs::recursive_directory_iterator{folder_ / "trust"}) {
    if (!entry.is_regular_file() || entry.path().filename() == "notify.key") continue;
    EXPECT_EQ(read(entry.path()).find("3d844edf"), std::string::npos) << entry.path();
  }
}

// The incident goes on by the other channels, and says so.
TEST_F(TextedNight, LeavesTextsOutWhoseKeyOthersCanRead) {
  good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
  allow(fs::perms::owner_read | fs::perms::group_read);
  const Outcome refused = tocsin("trust", {"step"});
  EXPECT_NE(refused.out.find("chmod 600"), std::string::npos);
  EXPECT_EQ(refused.out.find("3d844edf"), std::string::npos);
  EXPECT_TRUE(provider_.control().at("texts").empty());
}

// Whoever drives learns that nobody's answers come in.
TEST_F(TextedNight, SaysThatTheProviderRefusesTheKey) {
  good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
  fs::permissions(path("trust/notify.key"), fs::perms::owner_read | fs::perms::owner_write);
  std::string other = kKey;
  other.replace(other.rfind("e847b4f122b0"), 12, "000000000000");
  write("trust/notify.key", other + "\n");
  const Outcome out = tocsin("trust", {"step"});
  EXPECT_NE(out.out.find("it refuses the API key"), std::string::npos) << out.out;
  EXPECT_EQ(out.out.find("3d844edf"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::process
