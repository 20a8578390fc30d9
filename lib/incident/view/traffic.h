// What each written channel has carried in an incident, and how long it needs for what waits.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

// Numbers of messages. Each is in one of the first four, unless newer words have replaced it.
struct Traffic {
  ChannelId channel;
  int waiting = 0;    // not taken by the channel so far
  int sent = 0;       // taken, and nothing was heard since
  int delivered = 0;  // or read
  int failed = 0;     // for good: they go on to the person's next channel
  // It takes nothing and is tried again now and then; people go on by their next channel.
  bool rests = false;
  int failing = 0;  // failures one after the other up to now; 0: the last message went well
  // How many it takes in a minute, by its provider's limit; absent when it takes all at once.
  std::optional<std::uint64_t> per_minute{};
  // In how long the last that waits is taken, at the pace of the last minute or two, or else by the
  // limit. Absent when nothing waits, or nothing is taken.
  std::optional<std::chrono::seconds> drains_in{};

  // One failure may be the fault of one address.
  bool is_failing() const noexcept { return failing >= 3; }
};

// Of the channels by which anything went, or was to go, in the order in which people see them.
// Takes time linear in the messages.
std::vector<Traffic> traffic(const State& state, base::Instant now);

}  // namespace tocsin::incident
