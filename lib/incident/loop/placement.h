// Turns the allocation into decisions about people, and tells everybody at once: come to X, stay
// near the telephone, stay at home, thank you for the offer. Everybody who was asked or has
// answered is told.
#pragma once

#include <vector>

#include "base/random.h"
#include "incident/seating/pool.h"
#include "incident/seating/want.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// The decisions about these people that follow from the allocation.
std::vector<Body> place(const State& state, const Pool& pool,
                        const std::vector<PersonIndex>& people, base::Instant now);

// Stands down silent people whose yes would not help any more.
std::vector<Body> stand_down_silent(const State& state, const Wants& wants, base::Instant now);

// Stands everybody down when the incident has ended.
std::vector<Body> stand_down_all(const State& state);

// The messages that tell these people what was decided.
std::vector<Body> inform(const State& state, const std::vector<PersonIndex>& people,
                         base::Instant now, base::Random& ids);

}  // namespace tocsin::incident
