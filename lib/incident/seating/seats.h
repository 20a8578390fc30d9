// The seats of an incident as the allocation knows them.
#pragma once

#include "allocation/problem.h"
#include "incident/state/state.h"

namespace tocsin::incident {

allocation::PostId slot_id(const State& state, const Slot& slot);

// Every slot, in the order of the state, without responders.
allocation::Problem seats_of(const State& state);

// A seat more, for somebody who is sent in case those who sit there come too late: after all seats
// of its shift, before those of the next one, and only for whoever lists it.
allocation::PostId spare_id(const State& state, const Slot& slot);
allocation::Post spare_for(const State& state, const Slot& slot);

// Gives the responder what the allocation asks of somebody: their skills and their staff group.
void qualify(allocation::Responder& responder, const State& state, PersonIndex person);

}  // namespace tocsin::incident
