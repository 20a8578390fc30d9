#include "channel/make.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "base/random.h"

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
            .push_key = [this] { return seal::P256Key::generate(random_); }};
  }

  std::filesystem::path folder_;
  base::SeededRandom random_{1};
  seal::Identity coordinator_ = seal::Identity::generate(random_);
  seal::Identity incident_ = seal::Identity::generate(random_);
  seal::Certificate certificate_{};
  base::VirtualClock clock_{base::Instant{}};
};

TEST_F(Make, GivesEveryChannelThatIsSpokenItsName) {
  const contact::Settings settings{{"folder", "spool"}};
  for (const std::string_view name : contact::names_of<&contact::Channel::is_spoken>)
    EXPECT_EQ(make(contact::ChannelId{name}, settings, parts())->name(), name);
}

TEST_F(Make, PutsASpoolWhereTheSettingsSay) {
  make(contact::ChannelId{"spool"}, {{"folder", "gap"}}, parts());
  EXPECT_TRUE(std::filesystem::is_directory(folder_ / "gap" / "out"));
}

}  // namespace
}  // namespace tocsin::channel
