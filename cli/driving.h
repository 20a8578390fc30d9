// One process that drives one incident: the lease, the channels that the home has, and the driver
// over the session's ledger. `run` turns it until the end, `step` until there is nothing left to
// do.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/lock.h"
#include "channel/relay.h"
#include "channel/waking.h"
#include "incident/loop/drive.h"
#include "relay/server.h"
#include "session.h"

namespace tocsin::cli {

// Where `run --relay ADDR:PORT` serves the home's own mailboxes, in the home's folder. Faults
// (usage) when that is no address.
std::unique_ptr<relay::Server> embedded_relay(const Session& session, const std::string& address,
                                              const base::Clock& clock);

class Driving {
 public:
  // Takes the lease for as long as it lives. `relay`: instead of the one in tocsin.yaml.
  Driving(Session& session, const base::Clock& clock, channel::Listen listen,
          const relay::Server* relay);
  ~Driving();
  Driving(const Driving&) = delete;
  Driving& operator=(const Driving&) = delete;

  // False: another process drives. Tries for a second, because a look at the lease holds it too.
  // The lease of a process that died on this machine is taken over at once.
  bool take_lease();
  // Who does, as far as they said.
  std::string driver() const;

  // One turn of the loop; true when another is worth while at once. Faults (fault) when another
  // process took the lease while this one slept.
  bool turn();
  // The last word of who drives no longer: what was counted and not yet told is journalled.
  void settle() { driver_->settle(); }
  // After a Fault in a turn: what was not durable is forgotten, and decided anew.
  void start_over();

  std::optional<base::Instant> wake() const noexcept { return driver_->wake(); }
  // What keeps a channel from working, in words; empty when nothing does.
  std::string trouble() const;

 private:
  void renew_lease();
  void take_membership();
  void take_wakeable();
  void retire_gone();
  void try_waking(const std::function<void()>& act);
  std::filesystem::path note_path() const;
  std::filesystem::path lock_path() const;

  Session& session_;
  const base::Clock& clock_;
  seal::Identity incident_key_;
  incident::SealedEnvelopes envelopes_;
  std::unique_ptr<channel::RelayChannel> relay_;
  std::unique_ptr<channel::WakingChannel> waking_;  // over the relay; null when nobody is woken
  std::string waking_trouble_;                      // with what the home keeps for it
  std::vector<std::unique_ptr<channel::Channel>> others_;
  std::vector<channel::Channel*> channels_;
  std::unique_ptr<incident::Driver> driver_;
  std::unique_ptr<journal::Lease> lease_;
  std::optional<base::FileLock> lock_;  // on this machine; let go of by the system when we die
  bool holds_lease_ = false;
  base::Instant lease_until_{};
  base::Instant membership_seen_{};
  base::Instant wakeable_seen_{};
  std::uint64_t wakeable_cursor_ = 0;  // in the enrolment mailbox
};

}  // namespace tocsin::cli
