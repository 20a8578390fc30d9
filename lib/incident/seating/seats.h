// The seats of an incident as the allocation knows them.
#pragma once

#include "allocation/problem.h"
#include "incident/state/state.h"

namespace tocsin::incident {

allocation::PostId slot_id(const State& state, const Slot& slot);

// Every slot, in the order of the state, without responders.
allocation::Problem seats_of(const State& state);

// One seat more, for a spare (spare.h). It is filled after all seats of its shift and before those
// of the next, and only by people who list it.
allocation::PostId spare_id(const State& state, const Slot& slot);
allocation::Post spare_for(const State& state, const Slot& slot);

// Fills in what the allocation needs to know about a person: their skills and their staff group.
void qualify(allocation::Responder& responder, const State& state, PersonIndex person);

}  // namespace tocsin::incident
