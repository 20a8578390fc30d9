// Who may be asked.
#pragma once

#include "incident/state/state.h"

namespace tocsin::incident {

// Whether the person could be asked and was not asked yet.
bool is_candidate(const State& state, PersonIndex person);
// Whether the person was asked for the first shift and stood down before answering, so that they
// can be asked for a later one.
bool may_be_asked_again(const State& state, PersonIndex person);

}  // namespace tocsin::incident
