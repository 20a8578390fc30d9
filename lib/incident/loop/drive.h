// Does what the step decides: takes in replies, steps, makes it durable, and only then sends.
// Killed at any point and started again, it goes on: what has no receipt is sent again under the
// same id.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "channel/channel.h"
#include "incident/loop/step.h"
#include "incident/message/envelopes.h"
#include "incident/state/ledger.h"
#include "seal/certificate.h"

namespace tocsin::incident {

class Driver {
 public:
  // Everything outlives the driver. A channel serves the channel of the cascade that has its name;
  // messages for a channel that is not here stay unsent, and their person is tried elsewhere.
  Driver(Ledger& ledger, std::vector<channel::Channel*> channels, const Envelopes& envelopes,
         const seal::Certificate& caller, const base::Clock& clock, base::Random& ids,
         callout::Recourses recourses = {});

  // One turn of the loop; waits at most `patience` for replies when there are none. True when
  // anything was heard, decided or sent, so that another turn is worth while at once. Once nothing
  // happens, patience goes first into preparing what the next wave will need.
  bool turn(base::Milliseconds patience);

  // Decides and makes durable without listening or sending: for a command that only wants the
  // consequences, and for whoever drives no longer.
  void settle();

  // When to turn next even if nothing comes; absent when only the world can move this on.
  std::optional<base::Instant> wake() const noexcept;
  const Stepper& stepper() const noexcept { return stepper_; }

 private:
  struct Heard {
    channel::Channel* from;
    channel::Collected collected;
  };
  // What was refused for one reason. A hostile relay may send as much as it likes; the journal
  // takes one event for each reason a minute, with how many there were.
  struct Refusals {
    std::uint64_t untold = 0;           // not yet in the journal
    std::optional<base::Instant> told;  // when it last was
    bool is_told_lately(base::Instant now) const;
  };
  enum class Tell : std::uint8_t { due, all };

  bool decide(const std::vector<Heard>& heard, Tell tell);
  void take_in(const Heard& heard);
  void take_in_message(const channel::Channel& from, const channel::Incoming& message);
  bool send_due();
  bool prepare_some();
  void refuse(std::string_view reason);
  void tell_refusals(Tell tell);
  void start_over_if_folded_anew();

  Ledger& ledger_;
  std::vector<channel::Channel*> channels_;
  const Envelopes& envelopes_;
  const seal::Certificate& caller_;
  const base::Clock& clock_;
  base::Random& ids_;
  callout::Recourses recourses_;
  Stepper stepper_;
  std::uint64_t generation_ = 0;
  bool preparing_ = false;                   // and not done with it
  PersonIndex to_prepare_ = 0;               // the next person to prepare an envelope for
  std::vector<Receipted> receipts_;          // of what was sent, not yet in the journal
  std::map<std::string, Refusals> refused_;  // by reason
  std::optional<base::Instant> wake_;
};

}  // namespace tocsin::incident
