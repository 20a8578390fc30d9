// Who may be asked at all.
#pragma once

#include "incident/state/state.h"

namespace tocsin::incident {

// Could be asked at all, and was not yet.
bool is_candidate(const State& state, PersonIndex person);
// Was asked for the first shift and let go before answering: could be asked for a later one.
bool may_be_asked_again(const State& state, PersonIndex person);

}  // namespace tocsin::incident
