// The channels by which a person can be reached tonight, and the addresses there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

// For relay and spool, the key id of each device; for other channels, each contact point that
// works. Empty when the person has none. They must not be logged.
std::vector<std::string> addresses(const State& state, PersonIndex person,
                                   const ChannelId& channel);

// False also for a channel that this home has not.
bool can_reach(const State& state, PersonIndex person, const ChannelId& channel);

// The first channel of the cascade, or the first after `after`, that reaches the person.
std::optional<ChannelId> next_channel(const State& state, PersonIndex person,
                                      const std::optional<ChannelId>& after = std::nullopt);

// The channel on which the person last answered, or else the first of the cascade.
std::optional<ChannelId> best_channel(const State& state, PersonIndex person);

}  // namespace tocsin::incident
