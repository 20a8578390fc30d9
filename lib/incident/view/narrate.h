// What happened, one calm line for each thing worth a line: for `run` and `step` where there is no
// board. Reads the journal, so that it tells what is durable, whoever did it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "incident/state/state.h"
#include "journal/journal.h"

namespace tocsin::incident {

// The events after number `seen`, which is moved on.
std::vector<Event> events_after(journal::Journal& journal, std::uint64_t& seen);

// Events of one kind at one time become one line. Printable.
std::vector<std::string> narrate(const State& state, const std::vector<Event>& events);

}  // namespace tocsin::incident
