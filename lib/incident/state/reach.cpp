#include "incident/state/reach.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace tocsin::incident {

namespace {

bool is_point_of(const State& state, PersonIndex person, const roster::ContactPoint& contact,
                 const ChannelId& channel) {
  return contact.is_usable() && contact.channel == channel &&
         !state.is_wrong_number(person, contact.address);
}

bool contains(const std::vector<ChannelId>& channels, const ChannelId& channel) {
  return std::find(channels.begin(), channels.end(), channel) != channels.end();
}

// What the channel last said about a message to this person.
bool has_failed_for_good(const State& state, PersonIndex person, const ChannelId& channel) {
  const auto& all = state.people[person].messages;
  for (auto at = all.rbegin(); at != all.rend(); ++at) {
    const Message& message = state.messages[*at];
    if (message.channel == channel && message.receipt)
      return message.receipt == contact::Receipt::failed_for_good;
  }
  return false;
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
      if (is_point_of(state, person, contact, channel)) out.push_back(contact.address);
  }
  return out;
}

std::set<std::string, std::less<>> shared_addresses(const roster::Roster& roster,
                                                    const ChannelId& channel) {
  std::set<std::string, std::less<>> shared;
  std::unordered_map<std::string_view, PersonIndex> owners;
  for (PersonIndex person = 0; person < roster.size(); ++person)
    for (const roster::ContactPoint& point : roster[person].contacts) {
      if (point.channel != channel) continue;
      if (owners.try_emplace(point.address, person).first->second != person)
        shared.insert(point.address);
    }
  return shared;
}

bool can_reach(const State& state, PersonIndex person, const ChannelId& channel) {
  if (!state.has_channel(channel) || contains(state.people[person].stopped, channel)) return false;
  // Relay and spool carry sealed messages, which need a device to seal them to.
  if (contact::reaches_devices(channel)) return !state.people[person].devices.empty();
  const auto& contacts = state.roster[person].contacts;
  return std::any_of(contacts.begin(), contacts.end(),
                     [&](const auto& point) { return is_point_of(state, person, point, channel); });
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

std::optional<ChannelId> next_untried(const State& state, PersonIndex person,
                                      const std::vector<ChannelId>& tried) {
  for (auto next = next_channel(state, person, tried.back()); next;
       next = next_channel(state, person, next))
    if (!contains(tried, *next)) return next;
  for (auto next = next_channel(state, person); next; next = next_channel(state, person, next))
    if (!contains(tried, *next) && !has_failed_for_good(state, person, *next)) return next;
  return std::nullopt;
}

std::vector<ChannelId> together_with(const State& state, PersonIndex person,
                                     const ChannelId& channel, std::optional<PostIndex> post,
                                     const std::vector<ChannelId>& tried) {
  const playbook::Cascade& cascade = state.playbook.cascade;
  const auto together =
      post ? cascade.together(state.playbook.posts[*post].priority) : std::vector<ChannelId>{};
  std::vector<ChannelId> out;
  if (contains(together, channel))
    for (auto at = cascade.channels.rbegin(); at != cascade.channels.rend(); ++at)
      if (*at != channel && contains(together, *at) && !contains(tried, *at) &&
          !contains(out, *at) && can_reach(state, person, *at))
        out.push_back(*at);
  out.push_back(channel);
  return out;
}

std::vector<ChannelId> tried_for(const State& state, MessageIndex message) {
  std::vector<ChannelId> tried;
  for (std::optional<MessageIndex> at = message; at; at = state.messages[*at].before)
    tried.push_back(state.messages[*at].channel);
  std::reverse(tried.begin(), tried.end());
  return tried;
}

std::vector<ChannelId> tried_to_ask(const State& state, PersonIndex person) {
  std::vector<ChannelId> tried;
  for (const MessageIndex index : state.people[person].messages)
    if (index >= state.people[person].question && state.messages[index].asks())
      tried.push_back(state.messages[index].channel);
  return tried;
}

bool waits_for_call(const State& state, MessageIndex message) {
  return state.phone_list.contains(message) &&
         can_reach(state, state.messages[message].person, kPhone);
}

std::optional<ChannelId> best_channel(const State& state, PersonIndex person) {
  const ChannelId& last = state.people[person].answered_on;
  return !last.empty() && can_reach(state, person, last) ? std::optional{last}
                                                         : next_channel(state, person);
}

}  // namespace tocsin::incident
