// A journal and the state computed from it, kept together. New events are applied at once and made
// durable in one transaction. When another process has appended meanwhile, the new events are
// dropped, the state is computed again, and the caller decides again.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "incident/state/state.h"
#include "journal/journal.h"

namespace tocsin::incident {

class Ledger {
 public:
  // Reads the journal. With `until`, only events up to that time, to look back; such a ledger must
  // not be committed.
  explicit Ledger(journal::Journal& journal, std::optional<base::Instant> until = std::nullopt);

  const State& state() const noexcept { return *state_; }
  // How many entries of the journal the state has folded. Pending events are not among them.
  std::uint64_t size() const noexcept { return size_; }

  // Applies the event at once; it is durable after `commit`. Faults when it could not be verified
  // afterwards (Journal::check_time); nothing is added then.
  void add(base::Instant at, const std::string& by, Body body);
  // Adds an event when the clock went back since the last one. `add` does so by itself; whoever may
  // have nothing to add calls it, so that nothing waits until the clock is there again.
  void look_at_clock(base::Instant now);
  bool has_pending() const noexcept { return !pending_.empty(); }
  // False when another process came first: all pending events are dropped, and the state is
  // computed again. Whoever decides by the right to drive names its fence; throws
  // journal::Superseded when another has taken that right, and drops them, too.
  bool commit(journal::Fence fence = {});

  // Reads what other processes appended. Nothing may be pending.
  void catch_up();
  // Drops what is pending and computes the state again. Call it after a fault in `add` or `commit`.
  void start_over();
  // Whether a fault ended the last reading: the state lacks events until the next catch_up.
  bool is_behind() const noexcept { return is_behind_; }
  // Rises each time the state was computed again from the beginning. Whatever follows the state
  // must then start again, too.
  std::uint64_t generation() const noexcept { return generation_; }
  journal::Journal& journal() noexcept { return *journal_; }

 private:
  void fold(std::uint64_t after);
  std::uint64_t last_to_fold(std::uint64_t after);
  void apply(const Event& event);

  journal::Journal* journal_;
  std::optional<base::Instant> until_;
  std::unique_ptr<State> state_;
  std::vector<base::Bytes> pending_;
  std::uint64_t size_ = 0;
  std::uint64_t generation_ = 0;
  bool is_behind_ = false;
};

}  // namespace tocsin::incident
