// Whose rest a call-in would break, by the rules of the playbook.
#pragma once

#include "incident/state/state.h"
#include "roster/rota/rest.h"

namespace tocsin::incident {

roster::RestRules rest_rules(const State& state);
// Coming for the first shift, from home, would break a rule of rest.
bool would_break_rest(const State& state, PersonIndex person);

}  // namespace tocsin::incident
