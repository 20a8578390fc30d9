// One incident driven by this process: the loop (incident/drive.h) over a session's ledger, with
// the lease, the channels that the home has, and what changes in the home meanwhile: the membership
// and who can be woken. To drive is to decide and send; a turn is one pass of the loop.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "callout/recourse.h"
#include "channel/channel.h"
#include "channel/parts.h"
#include "channel/relay.h"
#include "control/lease.h"
#include "control/session.h"
#include "control/waking.h"
#include "incident/loop/drive.h"
#include "incident/message/envelopes.h"

namespace tocsin::control {

struct Wiring {
  channel::Listen listen = channel::Listen::background;
  std::optional<channel::RelayAddress> relay{};  // instead of the one in tocsin.yaml
  base::Random* ids = nullptr;                   // of messages; null: the session's
  callout::Recourses recourses{};                // what has been solved before
};

class Driving {
 public:
  // All outlive it. `lease`: one that was taken; null: take_lease() takes one. Faults when the
  // incident's key was destroyed, and when the home's membership is refused (people.h).
  Driving(Session& session, const base::Clock& clock, Wiring wiring,
          std::unique_ptr<Lease> lease = nullptr);

  // Does not wait. False: another process drives.
  bool take_lease();

  // One turn; true when another is worth while at once. Throws journal::Superseded when another
  // process has taken the lease while this one hung; then nothing more is appended or sent.
  bool turn();
  // Call it at the end of driving: writes counts that are not in the journal yet. Throws as turn().
  void settle() { driver_->settle(); }
  // Call it after a Fault in a turn: drops what was not durable, to decide it again.
  void start_over();
  std::optional<base::Instant> wake() const noexcept { return driver_->wake(); }
  // Why a channel does not work or the membership is refused, in words; empty when nothing ails.
  std::string trouble() const;

 private:
  void connect();
  void connect(const home::Channel& channel, const channel::Parts& parts);
  void take_membership();
  void take_channels();
  void take_stops();
  std::unique_ptr<incident::Driver> make_driver();
  incident::Driver::Right right();

  Session& session_;
  const base::Clock& clock_;
  const Wiring wiring_;
  seal::Identity incident_key_;
  incident::SealedEnvelopes envelopes_;
  std::unique_ptr<channel::RelayChannel> relay_;  // null when the home has none
  std::unique_ptr<Waking> waking_;                // over the relay
  std::vector<std::unique_ptr<channel::Channel>> others_;
  std::vector<channel::Channel*> channels_;
  std::set<contact::ChannelId> left_out_;
  std::string channel_trouble_;  // why one is left out
  std::unique_ptr<Lease> lease_;
  std::unique_ptr<incident::Driver> driver_;
  std::string membership_trouble_;  // why the home's list is not taken in; empty when it is
  base::Pace membership_pace_{base::Milliseconds{2'000}};
  bool channels_taken_ = false;
  std::uint64_t stops_taken_ = 0;  // of State::stops
  std::string stops_trouble_;      // why they are not on the roster; empty when they are
  base::Pace stops_pace_{base::Milliseconds{2'000}};
};

// The consequences of what was just appended, without sending: for an operator whose caller waits
// while nobody drives. Sending is left to whoever drives next.
void settle_undriven(Session& session, const base::Clock& clock);

}  // namespace tocsin::control
