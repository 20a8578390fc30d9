// Makes the channels that this version implements, by the names of contact/channel.h. The compiler
// compares the two tables.
#pragma once

#include <memory>

#include "channel/channel.h"
#include "channel/parts.h"
#include "contact/channel.h"

namespace tocsin::channel {

// The channel must be implemented. Faults as the channel's own `make` does.
std::unique_ptr<Channel> make(const contact::ChannelId& id, const contact::Settings& settings,
                              const Parts& parts);

}  // namespace tocsin::channel
