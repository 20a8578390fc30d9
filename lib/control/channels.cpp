#include "control/channels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "base/fault.h"
#include "base/text.h"
#include "channel/make.h"

namespace tocsin::control {

using contact::ChannelId;

std::vector<ChannelId> channels_of(const home::Settings& settings, Mailboxes mailboxes) {
  std::vector<ChannelId> channels;
  if (settings.relay || mailboxes == Mailboxes::served_here) channels.emplace_back("relay");
  for (const home::Channel& channel : settings.channels) {
    const contact::Channel* known = contact::find(channel.id);
    if (known->is_tried() && !known->needs_relay && channel.id.str() != "phone")
      channels.push_back(channel.id);
  }
  channels.emplace_back("phone");
  return channels;
}

incident::LimitsTaken limits_of(const home::Settings& settings) {
  incident::LimitsTaken limits;
  for (const home::Channel& channel : settings.channels) {
    if (!contact::find(channel.id)->is_tried() || channel.id.str() == "phone") continue;
    std::optional<base::Rate> limit;
    try {
      limit = channel::limit_of(channel.id, channel.settings);
    } catch (const base::Fault&) {
      continue;  // whoever makes the channel says so
    }
    if (!limit) continue;
    limits.channels.push_back(channel.id);
    limits.per_minute.push_back(
        static_cast<std::uint64_t>(std::max(1.0, std::floor(limit->per_second * 60))));
  }
  return limits;
}

std::vector<ChannelId> missing_channels(const playbook::Playbook& playbook,
                                        const std::vector<ChannelId>& channels) {
  std::vector<ChannelId> missing;
  for (const ChannelId& channel : playbook.cascade.channels)
    if (std::find(channels.begin(), channels.end(), channel) == channels.end())
      missing.push_back(channel);
  return missing;
}

void need_channels(const playbook::Playbook& playbook, const std::vector<ChannelId>& channels) {
  std::vector<std::string> names;
  for (const ChannelId& channel : missing_channels(playbook, channels))
    names.push_back(channel.str());
  if (names.empty()) return;
  throw base::Fault(
      base::Exit::invalid,
      fmt::format("{} asks for {}, which this home cannot send by", playbook.id,
                  base::join(names, " and ")),
      "set it up in tocsin.yaml (man tocsin-channel) or take it out of the playbook; in "
      "need, \"tocsin declare --override-channels\" tries each person's next");
}

}  // namespace tocsin::control
