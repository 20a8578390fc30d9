// Waking telephones by push while an incident is driven: a push beside each message that goes to
// the relay, and what devices have said of how they can be woken. A push rings a telephone and
// decides nothing: whatever ails it is said, and the incident goes on.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "channel/parts.h"
#include "channel/relay.h"
#include "channel/waking.h"
#include "control/session.h"

namespace tocsin::control {

class Waking {
 public:
  // Where tocsin.yaml names no push, nobody is woken. What `parts` refers to outlives it, too.
  Waking(Session& session, channel::RelayChannel& relay, const channel::Parts& parts);

  // The relay's channel, which wakes whom it can.
  channel::Channel& channel() noexcept;

  // Before a turn: takes in what devices have said since.
  void look();
  // After a turn: forgets subscriptions that push services said are gone.
  void retire_gone();
  // Why telephones cannot be woken at the moment; empty when they can, or are not to be.
  std::string trouble() const;

 private:
  void take_subscribed();
  void attempt(const std::function<void()>& act);

  Session& session_;
  channel::RelayChannel& relay_;
  const base::Clock& clock_;
  std::unique_ptr<channel::WakingChannel> waking_;  // null when nobody is woken
  std::string trouble_;                             // with what the home keeps for it
  base::Pace pace_{base::Milliseconds{60'000}};
  std::uint64_t cursor_ = 0;  // in the enrolment mailbox
};

}  // namespace tocsin::control
