#include "control/channel_trial.h"

#include <fmt/format.h>

#include "base/fault.h"
#include "channel/make.h"

namespace tocsin::control {

std::vector<Unusable> unusable_channels(const home::Home& home, const home::Unlocked& keys,
                                        const base::Clock& clock, base::Random& random) {
  const seal::Identity incident = seal::Identity::generate(random);
  const home::Settings& settings = home.settings();
  channel::Parts parts{.home = home.path(),
                       .relay = {},
                       .coordinator = keys.coordinator,
                       .certificate = keys.certificate,
                       .incident = incident,
                       .clock = clock};
  parts.hook_key = [&](std::string_view hook) { return home.hook_key(hook, keys); };
  if (settings.relay) parts.relay = {settings.relay->url, settings.relay->pins};
  std::vector<Unusable> unusable;
  for (const home::Channel& channel : settings.channels) {
    // Those of the relay have no settings that can be wrong.
    if (contact::find(channel.id)->needs_relay) continue;
    try {
      channel::make(channel.id, channel.settings, parts);
    } catch (const base::Fault& fault) {
      unusable.push_back({channel.id, fault.hint().empty()
                                          ? std::string{fault.what()}
                                          : fmt::format("{}; {}", fault.what(), fault.hint())});
    }
  }
  return unusable;
}

}  // namespace tocsin::control
