#include "control/lone_channel.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/fault.h"
#include "base/text.h"
#include "channel/make.h"
#include "record/journals.h"

namespace tocsin::control {

using base::Exit;
using base::Fault;

LoneChannel::LoneChannel(const home::Home& home, const home::Unlocked& keys,
                         const home::Channel& channel, const base::Clock& clock,
                         base::Random& random, channel::Listen listen)
    : incident_(seal::Identity::generate(random)) {
  const home::Settings& settings = home.settings();
  channel::Parts parts{.home = home.path(),
                       .relay = {},
                       .coordinator = keys.coordinator,
                       .certificate = keys.certificate,
                       .incident = incident_,
                       .clock = clock,
                       .listen = listen};
  parts.hook_key = [&](std::string_view hook) { return home.hook_key(hook, keys); };
  if (settings.relay) parts.relay = {settings.relay->url, settings.relay->pins};
  channel_ = channel::make(channel.id, channel.settings, parts);
}

channel::Listen listen_for(base::Milliseconds wait) noexcept {
  return wait.count() > 0 ? channel::Listen::background : channel::Listen::when_asked;
}

bool can_be_alone(const contact::ChannelId& id) noexcept {
  const contact::Channel* channel = contact::find(id);
  return channel != nullptr && channel->is_spoken() &&
         channel->reaches == contact::Reaches::contact_points &&
         channel->carries != contact::Class::human;
}

const home::Channel& need_lone_channel(const home::Home& home, std::string_view name,
                                       std::string_view doing) {
  const contact::ChannelId id{std::string{name}};
  if (contact::find(id) == nullptr)
    throw Fault(Exit::usage, fmt::format("there is no channel \"{}\"", base::printable(name)),
                "\"tocsin channel list\" shows all");
  if (!can_be_alone(id))
    throw Fault(Exit::usage, fmt::format("{} cannot be {}", name, doing),
                "it reaches devices, or a person rings there: see tocsin-channel(1)");
  const auto& channels = home.settings().channels;
  const auto found = std::ranges::find_if(
      channels, [&](const home::Channel& channel) { return channel.id == id; });
  if (found == channels.end())
    throw Fault(Exit::usage, fmt::format("tocsin.yaml has no channel {}", name),
                "set it up there: man tocsin-home, channels");
  return *found;
}

std::string open_incident(const home::Home& home, const home::Unlocked& keys) {
  for (const record::Listed& one : record::incidents(home, keys))
    if (!one.closed && one.was_declared)
      return one.label.empty() ? seal::to_text(one.id) : base::printable(one.label);
  return {};
}

void need_quiet(const home::Home& home, const home::Unlocked& keys) {
  if (const std::string label = open_incident(home, keys); !label.empty())
    throw Fault(Exit::usage, fmt::format("{} is open, and its answers come by the same way", label),
                "wait until it is over: \"tocsin run\" drives it to its end");
}

}  // namespace tocsin::control
