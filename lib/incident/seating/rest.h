// Whether a call-in would break somebody's rest, by the rules of the playbook.
#pragma once

#include "incident/state/state.h"
#include "roster/rota/rest.h"

namespace tocsin::incident {

roster::RestRules rest_rules(const State& state);
// Whether coming from home for the first shift would break a rest rule.
bool would_break_rest(const State& state, PersonIndex person);

}  // namespace tocsin::incident
