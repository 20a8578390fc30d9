#include "contact/channels.h"

namespace tocsin::contact {

const Channel* find(std::string_view name) noexcept {
  const auto found = std::find_if(kChannels.begin(), kChannels.end(),
                                  [&](const Channel& channel) { return channel.name == name; });
  return found == kChannels.end() ? nullptr : &*found;
}

bool reaches_devices(const ChannelId& id) noexcept {
  const Channel* channel = find(id);
  return channel != nullptr && channel->reaches == Reaches::devices;
}

}  // namespace tocsin::contact
