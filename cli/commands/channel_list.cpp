// tocsin channel list: says of every channel who can read it, and whether this home has it.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "command.h"
#include "contact/channels.h"
#include "control/channels.h"
#include "input/opening.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using contact::Class;

struct Nature {
  std::string_view name;
  std::string_view readers;
  std::string_view carries;
};

Nature nature_of(Class carries) {
  switch (carries) {
    case Class::sealed:
      return {"sealed", "the device alone", "the whole message"};
    case Class::end_to_end:
      return {"end-to-end", "the person's own application", "the whole message"};
    case Class::provider_readable:
      return {"provider-readable", "its provider", "a nudge: code word and link"};
    case Class::human:
      return {"human", "the operator", "the words, spoken"};
  }
  return {};
}

class ChannelList final : public Command {
 public:
  void describe(Options&) override {}

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    std::vector<contact::ChannelId> here = control::channels_of(home.settings());
    for (const home::Channel& channel : home.settings().channels) here.push_back(channel.id);
    const auto stands = [&](const contact::Channel& channel) -> std::string_view {
      if (!channel.is_spoken()) return "not in this version";
      const bool is_here = std::any_of(here.begin(), here.end(),
                                       [&](const auto& id) { return id.str() == channel.name; });
      return is_here ? "configured" : "not configured";
    };
    if (context.json) {
      nlohmann::json all = nlohmann::json::array();
      for (const contact::Channel& channel : contact::kChannels) {
        const Nature nature = nature_of(channel.carries);
        all.push_back({{"channel", channel.name},
                       {"class", nature.name},
                       {"read_by", nature.readers},
                       {"carries", nature.carries},
                       {"state", stands(channel)}});
      }
      context.out.json(all);
      return Exit::done;
    }
    for (const contact::Channel& channel : contact::kChannels) {
      const Nature nature = nature_of(channel.carries);
      context.out.line(fmt::format("{:<9} {:<19} {:<17} read by {}; carries {}", channel.name,
                                   stands(channel), nature.name, nature.readers, nature.carries));
    }
    return Exit::done;
  }
};

}  // namespace

std::unique_ptr<Command> make_channel_list() { return std::make_unique<ChannelList>(); }

}  // namespace tocsin::cli
