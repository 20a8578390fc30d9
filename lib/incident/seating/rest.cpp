#include "incident/seating/rest.h"

namespace tocsin::incident {

roster::RestRules rest_rules(const State& state) {
  const playbook::Rest& rest = state.playbook.limits.rest;
  return {rest.between_shifts, rest.longest_shift, rest.week, rest.after_nights};
}

bool would_break_rest(const State& state, PersonIndex person) {
  const roster::Responder& row = state.roster[person];
  return !roster::breaches(state.rota, rest_rules(state), row.id, state.declared_at + row.travel,
                           state.at(state.playbook.shifts.front().until))
              .empty();
}

}  // namespace tocsin::incident
