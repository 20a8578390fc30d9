// Carries out what the step decides: takes in replies, steps, makes the events durable, and only
// then sends. When it is killed and started again, it sends messages without a receipt again, under
// the same id.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "channel/channel.h"
#include "incident/loop/breaker.h"
#include "incident/loop/hearing.h"
#include "incident/loop/step.h"
#include "incident/message/envelopes.h"
#include "incident/state/ledger.h"
#include "seal/certificate.h"

namespace tocsin::incident {

class Driver {
 public:
  // All arguments must outlive the driver. A channel serves the cascade's channel of the same name.
  // Messages for a channel that is not here stay unsent, and the person's next channel is tried.
  Driver(Ledger& ledger, std::vector<channel::Channel*> channels, const Envelopes& envelopes,
         const seal::Certificate& caller, const base::Clock& clock, base::Random& ids,
         callout::Recourses recourses = {}, int most_steps = kMostSteps);

  // After so many steps of one turn the decisions are taken to contradict each other. A step does
  // all that is due of its kind: a drill of 4,000 staff with the largest playbook needed at most 6
  // in a turn, simulated nights 8. The simulation holds each turn to a quarter of this.
  static constexpr int kMostSteps = 100;

  // The right to drive. What is decided is appended under its fence, and `confirm` is called before
  // what cannot be taken back: a message sent, a copy deleted. Both throw journal::Superseded when
  // another process has the right. The default is for a journal that no other process can drive,
  // and for those who only settle.
  struct Right {
    journal::Fence fence{};
    std::function<void()> confirm = [] {};
  };
  void drive_by(Right right) { right_ = std::move(right); }

  // One turn of the loop. Waits at most `patience` for replies when there are none. True when
  // something was heard, decided or sent, so that another turn should follow at once. When nothing
  // happens, the time is used first to prepare envelopes for the next wave.
  bool turn(base::Milliseconds patience);

  // Decides and makes durable, but neither reads replies nor sends: for a command that needs only
  // the consequences, and for a process that does not drive any more.
  void settle();

  // When the next turn is due even if nothing comes; absent when only a message or an order can
  // change anything.
  std::optional<base::Instant> wake() const noexcept;
  const Stepper& stepper() const noexcept { return stepper_; }

 private:
  struct Heard {
    channel::Channel* from;
    channel::Collected collected;
  };
  // Messages that were refused for one reason. A hostile relay may send any number of them, so the
  // journal gets one event a minute for each reason, with their number.
  struct Refusals {
    std::uint64_t untold = 0;           // not in the journal yet
    std::optional<base::Instant> told;  // when the last event was written
    bool is_told_lately(base::Instant now) const;
  };
  enum class Tell : std::uint8_t { due, all };
  enum class Steps : std::uint8_t { all, without_placing, none };

  bool decide(const std::vector<Heard>& heard, Tell tell);
  void notice_clock();
  void look_at_clock();
  bool settles();
  void step_as(Steps steps);
  void flag_unsettled();
  void take_in(const Heard& heard);
  void take_in_message(const channel::Channel& from, const channel::Incoming& message);
  void take_in_judged(Judged judged);
  bool send_due();
  void send_by(channel::Channel& channel, std::vector<MessageIndex> messages);
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
  const int most_steps_;
  Stepper stepper_;
  Right right_;
  std::uint64_t generation_ = 0;
  bool preparing_ = false;           // some envelopes are not prepared yet
  PersonIndex to_prepare_ = 0;       // the next person to prepare an envelope for
  std::vector<Receipted> receipts_;  // not in the journal yet
  std::map<ChannelId, Breaker> breakers_;
  std::map<std::string, Refusals> refused_;  // by reason
  std::optional<base::Instant> wake_;
  // When a message is due again, or a full channel takes more. Set by sending.
  std::optional<base::Instant> next_send_;
  const base::Zone zone_ = base::Zone::of_process();  // of the times that people write
  // The clock and the time that has passed, as last read, and how far the clock was set since the
  // last append.
  struct Reading {
    base::Instant clock;
    base::Milliseconds steady{0};
  };
  std::optional<Reading> read_;
  base::Milliseconds moved_{0};
  base::Milliseconds back_{0};  // State::ClockMoves::back at the last append
  // Until then nobody is placed, by the time that passes.
  std::optional<base::Milliseconds> unsettled_until_;
  Steps steps_ = Steps::all;
};

}  // namespace tocsin::incident
