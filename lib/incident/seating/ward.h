// Staff on duty are in the building already: which of them may be taken from their ward for the
// posts of the first shift. A ward gives no more than its share (limits.on_duty_share); whoever
// works in the area that a post belongs to does not leave their ward and does not count.
#pragma once

#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

// By person. Whoever has a seat keeps it; room that is left goes to the most important seats.
std::vector<bool> may_leave_ward(const State& state);

// Somebody on duty who will not be in the seat that they were sent to: another may leave instead.
bool is_lost_to_ward(const Person& person);

}  // namespace tocsin::incident
