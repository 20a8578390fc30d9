// What the playbook of an incident needs of a rota at every hour: its on-call roles, its key posts,
// and its posts with a safe number. `Coverage` says when nobody does one of them.
#pragma once

#include <vector>

#include "incident/state/state.h"
#include "roster/rota/coverage.h"

namespace tocsin::incident {

// Of the first shift; on-call roles first, then in the playbook's order. The needs point into
// `declared`, a state with a playbook and a roster, which must outlive them.
std::vector<roster::RotaNeed> rota_needs(const State& declared);
std::vector<roster::RotaNeed> rota_needs(State&&) = delete;

// How the rota of the incident covers these from the declaration on.
roster::Coverage coverage(const State& declared);

}  // namespace tocsin::incident
