#include "control/lone_channel.h"

#include "base/fault.h"
#include "base/file.h"
#include "unit/control/room.h"

namespace tocsin::control {
namespace {

class LoneChannelTest : public Room {
 protected:
  void set_up_telegram() {
    home::Settings settings = home().settings();
    settings.channels.push_back({contact::ChannelId{"telegram"}, {{"token", "telegram.key"}}});
    base::write_file(path() / "tocsin.yaml", base::bytes_of(home::settings_text(settings)),
                     base::Access::owner_only);
  }
  // The hint of the fault.
  std::string refusal(std::string_view name) {
    const home::Home here = home();
    try {
      need_lone_channel(here, name, "tested");
    } catch (const base::Fault& fault) {
      EXPECT_EQ(fault.exit(), base::Exit::usage);
      return fault.what();
    }
    return {};
  }
};

TEST_F(LoneChannelTest, IsOneThatAProgramSendsToContactPoints) {
  EXPECT_EQ(refusal("telegram"), "tocsin.yaml has no channel telegram");
  EXPECT_EQ(refusal("pigeon"), "there is no channel \"pigeon\"");
  for (const char* name : {"relay", "spool", "push", "phone"})
    EXPECT_EQ(refusal(name), std::string{name} + " cannot be tested");
  set_up_telegram();
  EXPECT_EQ(refusal("telegram"), "");
}

TEST_F(LoneChannelTest, IsMadeWithTheKeysOfTheHome) {
  set_up_telegram();
  const home::Home here = home();
  const home::Channel& telegram = need_lone_channel(here, "telegram", "tested");
  const auto make = [&] { LoneChannel lone{here, keys(), telegram, clock_, random_}; };
  EXPECT_THROW(make(), base::Fault) << "there is no key file";
  base::write_file(path() / "telegram.key",
                   base::bytes_of("123456789:AAabcdefghijklmnopqrstuvwxyz012345678"),
                   base::Access::owner_only);
  const home::Unlocked unlocked = keys();
  LoneChannel lone{here, unlocked, telegram, clock_, random_};
  EXPECT_EQ((*lone).name(), "telegram");
}

TEST_F(LoneChannelTest, IsNobodysWhileAnIncidentIsOpen) {
  EXPECT_EQ(open_incident(home(), keys()), "");
  need_quiet(home(), keys());
  const auto session = declare("EX-1");
  EXPECT_EQ(open_incident(home(), keys()), "EX-1");
  EXPECT_THROW(need_quiet(home(), keys()), base::Fault);
}

}  // namespace
}  // namespace tocsin::control
