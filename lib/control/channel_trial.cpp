#include "control/channel_trial.h"

#include <fmt/format.h>

#include "base/fault.h"
#include "control/lone_channel.h"

namespace tocsin::control {

std::vector<Unusable> unusable_channels(const home::Home& home, const home::Unlocked& keys,
                                        const base::Clock& clock, base::Random& random) {
  std::vector<Unusable> unusable;
  for (const home::Channel& channel : home.settings().channels) {
    // Those of the relay have no settings that can be wrong.
    if (contact::find(channel.id)->needs_relay) continue;
    try {
      const LoneChannel tried{home, keys, channel, clock, random};
    } catch (const base::Fault& fault) {
      unusable.push_back({channel.id, fault.hint().empty()
                                          ? std::string{fault.what()}
                                          : fmt::format("{}; {}", fault.what(), fault.hint())});
    }
  }
  return unusable;
}

}  // namespace tocsin::control
