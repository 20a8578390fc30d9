// Which posts stay empty even if everybody who can be reached comes. Uses the same seats and pool
// as an incident, and no forecast of who will say yes.
#pragma once

#include <vector>

#include "incident/seating/pool.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// `declared` is a state just after the declaration. The most important post first.
std::vector<EmptySeats> unfillable(State declared);

}  // namespace tocsin::incident
