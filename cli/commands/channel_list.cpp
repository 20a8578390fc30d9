// tocsin channel list: says of every channel who can read it, whether this home has it, how fast it
// sends, and what came of its last test.
#include <algorithm>

#include "channel/make.h"
#include "command.h"
#include "contact/channels.h"
#include "control/channels.h"
#include "control/contact_tests.h"
#include "input/opening.h"
#include "screen/channel_view.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class ChannelList final : public Command {
 public:
  void describe(Options&) override {}

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Settings& settings = home.settings();
    std::vector<contact::ChannelId> here = control::channels_of(settings);
    for (const home::Channel& channel : settings.channels) here.push_back(channel.id);
    control::ContactTests tests;
    // Nobody is asked for a passphrase to see what stands in the manual.
    if (control::has_contact_tests(home))
      tests = control::read_contact_tests(home, unlock(context, home).store);
    std::vector<ChannelShown> shown;
    for (const contact::Channel& channel : contact::kChannels) {
      const contact::ChannelId id{std::string{channel.name}};
      const bool is_here = std::ranges::find(here, id) != here.end();
      const auto set = std::ranges::find_if(settings.channels,
                                            [&](const home::Channel& one) { return one.id == id; });
      ChannelShown one{channel,
                       !channel.is_spoken() ? "not in this version"
                       : is_here            ? "configured"
                                            : "not configured",
                       std::nullopt};
      if (channel.is_spoken() && set != settings.channels.end())
        one.limit = channel::limit_of(id, set->settings);
      one.last_test = tests.last_of(id);
      shown.push_back(std::move(one));
    }
    print_channels(context.out, context.form(), shown);
    return Exit::done;
  }
};

}  // namespace

std::unique_ptr<Command> make_channel_list() { return std::make_unique<ChannelList>(); }

}  // namespace tocsin::cli
