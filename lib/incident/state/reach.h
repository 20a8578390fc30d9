// The channels by which a person can be reached tonight, and the addresses there.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

// For relay and spool, the key id of each device; for other channels, each contact point that
// works and is not a wrong number. Empty when the person has none. They must not be logged.
std::vector<std::string> addresses(const State& state, PersonIndex person,
                                   const ChannelId& channel);

// The addresses of this channel that several people have. It knows no devices.
std::set<std::string, std::less<>> shared_addresses(const roster::Roster& roster,
                                                    const ChannelId& channel);

// False also for a channel that this home has not.
bool can_reach(const State& state, PersonIndex person, const ChannelId& channel);

// The first channel of the cascade, or the first after `after`, that reaches the person.
std::optional<ChannelId> next_channel(const State& state, PersonIndex person,
                                      const std::optional<ChannelId>& after = std::nullopt);

// By which channel the person is tried next whom the last of `tried` does not reach, each channel
// once: those after it in the cascade, then those before it that have not failed for good. nullopt:
// none is left.
std::optional<ChannelId> next_untried(const State& state, PersonIndex person,
                                      const std::vector<ChannelId>& tried);
// `channel`, and before it those that the playbook tries together with it for this post and that
// reach the person, without those of `tried`; of these, the first of the cascade comes last, and
// `channel` at the end.
std::vector<ChannelId> together_with(const State& state, PersonIndex person,
                                     const ChannelId& channel, std::optional<PostIndex> post,
                                     const std::vector<ChannelId>& tried = {});
// The channels by which the words of this message were sent so far; the message's own is the last.
std::vector<ChannelId> tried_for(const State& state, MessageIndex message);
// Those by which the person was asked since the latest question began. Only for who was asked.
std::vector<ChannelId> tried_to_ask(const State& state, PersonIndex person);
// Whether an operator will ring for this message: it is on the list, and there is a number.
bool waits_for_call(const State& state, MessageIndex message);

// The channel on which the person last answered, or else the first of the cascade.
std::optional<ChannelId> best_channel(const State& state, PersonIndex person);

}  // namespace tocsin::incident
