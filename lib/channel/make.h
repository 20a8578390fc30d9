// Makes the channels that this version speaks, by the names of contact/channel.h. When the program
// is compiled, the two tables are compared.
#pragma once

#include <memory>

#include "channel/channel.h"
#include "channel/parts.h"
#include "contact/channel.h"

namespace tocsin::channel {

// The channel must be one that is spoken. Faults as the channel's own `make` does.
std::unique_ptr<Channel> make(const contact::ChannelId& id, const contact::Settings& settings,
                              const Parts& parts);

}  // namespace tocsin::channel
