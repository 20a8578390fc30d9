// Turns the allocation into places and tells everybody theirs at once: come to X, stay near the
// telephone, stay home, thank you for the offer. Nobody who was asked or answered is left without a
// word.
#pragma once

#include <vector>

#include "base/random.h"
#include "incident/seating/pool.h"
#include "incident/seating/want.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// Places that follow from the allocation for these people.
std::vector<Body> place(const State& state, const Pool& pool,
                        const std::vector<PersonIndex>& people, base::Instant now);

// People who were asked, are silent, and of whom no yes would help any more.
std::vector<Body> stand_down_silent(const State& state, const Wants& wants, base::Instant now);

// Everyone, when the incident has ended.
std::vector<Body> stand_down_all(const State& state);

// The messages that these people are owed.
std::vector<Body> inform(const State& state, const std::vector<PersonIndex>& people,
                         base::Instant now, base::Random& ids);

}  // namespace tocsin::incident
