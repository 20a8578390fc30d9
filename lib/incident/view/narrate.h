// Tells what happened, one line for each thing worth a line: for `run` and `step` without a board.
// It reads the journal, so it tells only what is durable, by any process.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "incident/state/state.h"
#include "journal/journal.h"

namespace tocsin::incident {

// The events after number `seen`; moves `seen` to the last.
std::vector<Event> events_after(journal::Journal& journal, std::uint64_t& seen);

// Joins equal events of one time into one line. The lines are printable.
std::vector<std::string> narrate(const State& state, const std::vector<Event>& events);

}  // namespace tocsin::incident
