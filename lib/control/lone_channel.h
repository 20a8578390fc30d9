// One channel of the home outside of any incident: made as a night would make it, with its key
// files, to test it or to hear who links an account. It is no night's: what it acknowledges no
// incident hears, so nobody uses it while one is open.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "channel/channel.h"
#include "channel/parts.h"
#include "home/home.h"
#include "seal/key.h"

namespace tocsin::control {

class LoneChannel {
 public:
  // Home, keys and clock outlive it. Faults as channel::make does.
  LoneChannel(const home::Home& home, const home::Unlocked& keys, const home::Channel& channel,
              const base::Clock& clock, base::Random& random,
              channel::Listen listen = channel::Listen::when_asked);

  channel::Channel& operator*() noexcept { return *channel_; }

 private:
  seal::Identity incident_;  // of none: nothing is sealed to it
  std::unique_ptr<channel::Channel> channel_;
};

// The channel of tocsin.yaml, whose people have contact points and whose messages a program sends.
// Faults (usage) when there is none of that name, or it is another kind; `doing` is what is wanted
// of it: "tested".
const home::Channel& need_lone_channel(const home::Home& home, std::string_view name,
                                       std::string_view doing);
// In the background for somebody who waits, so that what comes is there at once.
channel::Listen listen_for(base::Milliseconds wait) noexcept;
// Whether contact points of such a channel can be written to outside of any incident.
bool can_be_alone(const contact::ChannelId& id) noexcept;

// The label of an incident that is open, or that may be and cannot be read; empty when none is.
std::string open_incident(const home::Home& home, const home::Unlocked& keys);
// Faults (usage) when one is.
void need_quiet(const home::Home& home, const home::Unlocked& keys);

}  // namespace tocsin::control
