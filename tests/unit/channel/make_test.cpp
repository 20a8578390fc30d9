#include "channel/make.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "base/random.h"
#include "contact/channels.h"

namespace tocsin::channel {
namespace {

class Make : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tocsin-make-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Parts parts() {
    return {.home = folder_,
            .relay = {"http://127.0.0.1:9", {}},
            .coordinator = coordinator_,
            .certificate = certificate_,
            .incident = incident_,
            .clock = clock_,
            .push_key = [this] { return seal::P256Key::generate(random_); },
            .hook_key = [this](std::string_view) { return seal::Identity::generate(random_); }};
  }

  void write_secret(const char* name, const char* secret) const {
    std::ofstream{folder_ / name} << secret << '\n';
    std::filesystem::permissions(folder_ / name, std::filesystem::perms::owner_read);
  }

  std::filesystem::path folder_;
  base::SeededRandom random_{1};
  seal::Identity coordinator_ = seal::Identity::generate(random_);
  seal::Identity incident_ = seal::Identity::generate(random_);
  seal::Certificate certificate_{};
  base::VirtualClock clock_{base::Instant{}};
};

TEST_F(Make, GivesEveryChannelThatIsSpokenItsName) {
  write_secret(
      "key", "call-ins-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0");
  write_secret("token", "123456789:AAF-3xample_of_a_token_that_is_none0");
  const contact::Settings settings{{"folder", "spool"},
                                   {"key", "key"},
                                   {"template", "5d2f1c7e-0b0e-4a3c-9d0a-1f5b8d7c6e21"},
                                   {"token", "token"},
                                   {"server", "smtp://localhost"},
                                   {"from", "call-ins@hospital.test"},
                                   {"program", "/bin/cat"}};
  // Each messenger has a token of its own form.
  write_secret("private", "7777777777777777777777777777777777777777777777777777777777777777");
  write_secret("viber", "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9");
  write_secret("ntfy", "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2");
  for (const std::string_view name : contact::names_of<&contact::Channel::is_spoken>) {
    contact::Settings own = settings;
    if (name == "ntfy") own["token"] = name;
    if (name == "teams")
      own = {{"tenant", "5d2f1c7e-0b0e-4a3c-9d0a-1f5b8d7c6e21"},
             {"app", "5d2f1c7e-0b0e-4a3c-9d0a-1f5b8d7c6e21"},
             {"secret", "token"},
             {"opens", "https://teams.microsoft.com/l/entity/x"}};
    if (name == "threema") own = {{"id", "*TOCSIN1"}, {"secret", "token"}, {"key", "private"}};
    if (name == "whatsapp")
      own = {{"number", "106540352242922"}, {"token", "token"},
             {"question", "call_in"},       {"notice", "call_in_notice"},
             {"languages", "en_GB\n"},      {"hook", "https://relay.example/hook/wa"}};
    if (name == "viber")
      own = {
          {"name", "St Elsewhere"}, {"token", "viber"}, {"hook", "https://relay.example/hook/v"}};
    if (name == "voice") {
      own["from"] = "+442079460000";
      own["account"] = "AC0123456789abcdef0123456789abcdef";
      own["hook"] = "https://relay.example/hook/voice";
    }
    EXPECT_EQ(make(contact::ChannelId{name}, own, parts())->name(), name);
  }
}

TEST_F(Make, KnowsTheLimitOfEachChannelThatHasOne) {
  const auto limit = [](const char* name, const contact::Settings& settings) {
    const auto rate = limit_of(contact::ChannelId{name}, settings);
    return rate ? rate->per_second : 0;
  };
  EXPECT_EQ(limit("telegram", {}), 28);
  EXPECT_EQ(limit("whatsapp", {}), 78);
  EXPECT_EQ(limit("voice", {{"provider", "twilio"}}), 1);
  EXPECT_EQ(limit("voice", {{"provider", "vonage"}}), 3);
  EXPECT_EQ(limit("sms", {{"provider", "notify"}}), 48);
  EXPECT_EQ(limit("sms", {{"provider", "twilio"}}), 10);
  EXPECT_LT(limit("email", {{"provider", "smtp"}, {"per_minute", "60"}}),
            limit("email", {{"provider", "smtp"}}));
  EXPECT_GT(limit("ntfy", {{"limits", "none"}}), limit("ntfy", {}));
  EXPECT_GT(limit("matrix", {{"limits", "none"}}), limit("matrix", {}));
  for (const char* name : {"phone", "spool", "relay", "exec"})
    EXPECT_EQ(limit(name, {}), 0) << name;
  // Each of the others has one.
  for (const char* name : {"signal", "threema", "viber", "teams"}) EXPECT_GT(limit(name, {}), 0);
}

TEST_F(Make, PutsASpoolWhereTheSettingsSay) {
  make(contact::ChannelId{"spool"}, {{"folder", "gap"}}, parts());
  EXPECT_TRUE(std::filesystem::is_directory(folder_ / "gap" / "out"));
}

}  // namespace
}  // namespace tocsin::channel
