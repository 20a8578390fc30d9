// The incident as input of the forecast: tonight's answers and silences, who holds which seat with
// what chance to be in time, who may still answer, and who could be asked. Translates the state for
// callout; decides nothing.
#pragma once

#include <optional>
#include <vector>

#include "callout/wave.h"
#include "incident/seating/pool.h"
#include "incident/seating/want.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// Whether a forecast is due: the last is old, a seat has lost its holder, or a need has changed.
bool is_review_due(const State& state, base::Instant now);
// When the next one is due even if nothing happens; absent when nothing is uncertain.
std::optional<base::Instant> next_review(const State& state);

callout::Evidence evidence_of(const State& state, base::Instant now);

// People with a seat who should be there and have not reported, if enough people report their
// arrival.
std::vector<Body> missed(const State& state, base::Instant now);

// The question to callout. The numbers in it are positions in the roster for people, and positions
// in the playbook for posts.
callout::Question question_of(const State& state, const Pool& pool, const callout::Belief& belief,
                              base::Instant now);

// By post: how many seats are expected to be filled, at each time of `after` from `now`, by people
// who hold a seat or were asked for it.
std::vector<std::vector<double>> expected_seats(const State& state, base::Instant now,
                                                const std::vector<base::Minutes>& after);

}  // namespace tocsin::incident
