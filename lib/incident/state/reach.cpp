#include "incident/state/reach.h"

#include <algorithm>

namespace tocsin::incident {

namespace {

bool is_point_of(const roster::ContactPoint& contact, const ChannelId& channel) {
  return contact.working && contact.channel == channel;
}

}  // namespace

std::vector<std::string> addresses(const State& state, PersonIndex person,
                                   const ChannelId& channel) {
  std::vector<std::string> out;
  if (contact::reaches_devices(channel)) {
    for (const std::uint32_t device : state.people[person].devices)
      out.push_back(seal::to_text(state.membership->devices()[device].keys.id()));
  } else {
    for (const roster::ContactPoint& contact : state.roster[person].contacts)
      if (is_point_of(contact, channel)) out.push_back(contact.address);
  }
  return out;
}

bool can_reach(const State& state, PersonIndex person, const ChannelId& channel) {
  if (!state.has_channel(channel)) return false;
  // Relay and spool carry sealed messages, which need a device to seal them to.
  if (contact::reaches_devices(channel)) return !state.people[person].devices.empty();
  const auto& contacts = state.roster[person].contacts;
  return std::any_of(contacts.begin(), contacts.end(),
                     [&](const auto& contact) { return is_point_of(contact, channel); });
}

std::optional<ChannelId> next_channel(const State& state, PersonIndex person,
                                      const std::optional<ChannelId>& after) {
  const auto& order = state.playbook.cascade.channels;
  auto at = order.begin();
  if (after) {
    at = std::find(order.begin(), order.end(), *after);
    // Somebody may answer on a channel that the cascade does not have; then all of it is left.
    at = at == order.end() ? order.begin() : at + 1;
  }
  for (; at != order.end(); ++at)
    if (can_reach(state, person, *at)) return *at;
  return std::nullopt;
}

std::optional<ChannelId> best_channel(const State& state, PersonIndex person) {
  const ChannelId& last = state.people[person].answered_on;
  return !last.empty() && can_reach(state, person, last) ? std::optional{last}
                                                         : next_channel(state, person);
}

}  // namespace tocsin::incident
