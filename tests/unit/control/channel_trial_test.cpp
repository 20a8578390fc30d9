#include "control/channel_trial.h"

#include "base/file.h"
#include "unit/control/room.h"

namespace tocsin::control {
namespace {

class ChannelTrialTest : public Room {
 protected:
  // "telegram: why"; empty when all can be used.
  std::string tried() {
    std::string out;
    for (const Unusable& one : unusable_channels(home(), keys(), clock_, random_))
      out += one.channel.str() + ": " + one.why;
    return out;
  }
  void write(const char* file, const std::string& text, base::Access access) {
    base::write_file(path() / file, base::bytes_of(text), access);
  }
};

TEST_F(ChannelTrialTest, NamesAChannelWhoseKeyCannotBeUsed) {
  EXPECT_EQ(tried(), "");
  home::Settings settings = home().settings();
  settings.channels.push_back({contact::ChannelId{"telegram"}, {{"token", "telegram.key"}}});
  write("tocsin.yaml", home::settings_text(settings), base::Access::owner_only);
  EXPECT_TRUE(tried().starts_with("telegram: "));
  EXPECT_NE(tried().find("telegram.key"), std::string::npos) << tried();
  const std::string token = "123456789:AAabcdefghijklmnopqrstuvwxyz012345678";
  write("telegram.key", "what is no token", base::Access::owner_only);
  EXPECT_TRUE(tried().starts_with("telegram: ")) << tried();
  write("telegram.key", token, base::Access::owner_only);
  EXPECT_EQ(tried(), "");
  std::filesystem::permissions(path() / "telegram.key", std::filesystem::perms{0644});
  EXPECT_NE(tried().find("chmod"), std::string::npos) << tried();
  EXPECT_EQ(tried().find(token), std::string::npos);
}

}  // namespace
}  // namespace tocsin::control
