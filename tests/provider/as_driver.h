// Plays the driver towards one channel: sends until nobody has failed for now, and takes what has
// come.
#pragma once

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "channel/channel.h"
#include "provider/provider_process.h"

namespace tocsin::provider {

// The newest receipt of each message.
using Receipts = std::map<seal::MessageId, channel::Receipt>;

// Waits by the clock that the test and the provider have.
template <class Channel, class Message>
Receipts send_until_done(Channel& channel, ProviderProcess& provider, ForwardClock& clock,
                         std::vector<Message> batch) {
  constexpr base::Milliseconds kMoment{1};
  Receipts receipts;
  while (!batch.empty()) {
    const channel::Room room = channel.room();
    if (room.messages == 0) {
      provider.advance(clock, room.again - clock.now() + kMoment);
      continue;
    }
    const std::size_t count = std::min(room.messages, batch.size());
    const auto deliveries = channel.send({batch.data(), count});
    std::vector<Message> again;
    base::Milliseconds wait{0};
    for (std::size_t i = 0; i < count; ++i) {
      receipts[batch[i].id] = deliveries[i].receipt;
      if (deliveries[i].receipt != channel::Receipt::failed_for_now) continue;
      again.push_back(batch[i]);
      wait = std::max(wait, deliveries[i].retry_after);
    }
    if (again.size() == count) provider.advance(clock, wait);  // none of them went
    batch.erase(batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(count));
    batch.insert(batch.end(), again.begin(), again.end());
  }
  return receipts;
}

inline channel::Collected take_in(channel::Channel& channel) {
  channel::Collected all = channel.collect(base::Milliseconds{0});
  channel.acknowledge(all.cursor);
  return all;
}

}  // namespace tocsin::provider
