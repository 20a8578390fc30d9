// A journal and the state that folds it, kept together: events are applied as they are decided and
// made durable in one transaction. When another process appended in between, the decisions are
// void: the ledger folds again and the caller decides anew.
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
  // Folds what is there. With `until`, only events up to that time: a look back; never to be
  // committed to.
  explicit Ledger(journal::Journal& journal, std::optional<base::Instant> until = std::nullopt);

  const State& state() const noexcept { return *state_; }

  // Applied at once, durable after `commit`.
  void add(base::Instant at, const std::string& by, Body body);
  bool has_pending() const noexcept { return !pending_.empty(); }
  // False: another process came first; everything pending is forgotten, the state is folded anew.
  bool commit();

  // Takes in what other processes appended. Nothing may be pending.
  void catch_up();
  // Rises each time the state was folded anew: whoever follows the state must start over.
  std::uint64_t generation() const noexcept { return generation_; }
  journal::Journal& journal() noexcept { return *journal_; }

 private:
  void fold(std::uint64_t after);

  journal::Journal* journal_;
  std::optional<base::Instant> until_;
  std::unique_ptr<State> state_;
  std::vector<base::Bytes> pending_;
  std::uint64_t size_ = 0;  // entries of the journal that the state has folded
  std::uint64_t generation_ = 0;
};

}  // namespace tocsin::incident
