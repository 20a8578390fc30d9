// Where a provider is that is shown a secret with each request: only over TLS, or on this machine.
#pragma once

#include <string>
#include <string_view>

#include "contact/channel.h"

namespace tocsin::channel {

// The address that the settings of `channel` name, else `usual`. Faults when a secret would be
// readable on the way there.
std::string secret_origin(const contact::Settings& settings, std::string_view usual,
                          std::string_view channel);

}  // namespace tocsin::channel
