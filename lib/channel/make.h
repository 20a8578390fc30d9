// Makes the channels that this version implements, by the names of contact/channel.h. The compiler
// compares the two tables.
#pragma once

#include <memory>
#include <optional>

#include "base/allowance.h"
#include "channel/channel.h"
#include "channel/parts.h"
#include "contact/channel.h"

namespace tocsin::channel {

// The channel must be implemented. Faults as the channel's own `make` does.
std::unique_ptr<Channel> make(const contact::ChannelId& id, const contact::Settings& settings,
                              const Parts& parts);

// How fast the channel sends with these settings, at most; nullopt when nothing limits it. Faults
// when a setting of it makes no sense.
std::optional<base::Rate> limit_of(const contact::ChannelId& id, const contact::Settings& settings);

}  // namespace tocsin::channel
