// Tests one channel of the home from beginning to end (testing.h): keeps what was found, takes STOP
// and codes that link an account, and ends when everybody has answered, the time is over, somebody
// stops it, or an incident is declared.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "control/lone_channel.h"
#include "control/testing.h"

namespace tocsin::control {

struct ChannelTestOrder {
  const home::Home& home;
  const home::Unlocked& keys;
  const home::Channel& channel;
  const roster::Roster& roster;
  const TestScope& scope;
  base::Milliseconds wait;
};

struct ChannelTested {
  std::vector<TestedPoint> points;
  std::size_t stopped = 0;           // addresses at which somebody wants no more messages
  std::vector<std::string> notes{};  // what else there is to say
};

// Waits, and returns true when it shall end.
using Pause = std::function<bool(base::Milliseconds)>;

// Faults (usage) while an incident is open, and as LoneChannel does.
ChannelTested test_channel(const ChannelTestOrder& order, const base::Clock& clock,
                           base::Random& random, const Pause& pause);

}  // namespace tocsin::control
