// Over which channels a person can be reached tonight, and at which addresses.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

// One for each device on the relay (its key id), one folder in the spool, one for each working
// contact point elsewhere. Empty when the person has none. Never to be logged.
std::vector<std::string> addresses(const State& state, PersonIndex person,
                                   const ChannelId& channel);

bool can_reach(const State& state, PersonIndex person, const ChannelId& channel);

// The first channel of the cascade that reaches the person, after `after` when it is given.
std::optional<ChannelId> next_channel(const State& state, PersonIndex person,
                                      const std::optional<ChannelId>& after = std::nullopt);

}  // namespace tocsin::incident
