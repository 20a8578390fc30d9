// Tells what happened, one line for each thing worth a line: for `run` and `step` without a board.
// It reads the journal, so it tells only what is durable, by any process.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "incident/state/ledger.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// The events after number `seen` that the ledger's state has folded; moves `seen` to the last. What
// other processes appended since is told the next time.
std::vector<Event> events_after(Ledger& ledger, std::uint64_t& seen);

// Joins equal events of one time into one line. The lines are printable.
std::vector<std::string> narrate(const State& state, const std::vector<Event>& events);

}  // namespace tocsin::incident
