// Turns the allocation into decisions about people: come to X, stay near the telephone, stay at
// home. It tells nobody (telling.h).
#pragma once

#include <vector>

#include "incident/seating/pool.h"
#include "incident/seating/want.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// The decisions about these people that follow from the allocation.
std::vector<Body> place(const State& state, const Pool& pool,
                        const std::vector<PersonIndex>& people, base::Instant now);

// Stands down silent people whose yes would not help any more.
std::vector<Body> stand_down_silent(const State& state, const Wants& wants, base::Instant now);

// Stands everybody down who was sent for, asked or has answered, when the incident has ended.
std::vector<Body> stand_down_all(const State& state);

}  // namespace tocsin::incident
