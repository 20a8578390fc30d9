// The incident as the forecast sees it: tonight's answers and silences, who holds which seat with
// what chance to be there in time, who is waited for and who could be asked. Translates between
// state and callout; decides nothing.
#pragma once

#include <optional>
#include <vector>

#include "callout/wave.h"
#include "incident/seating/pool.h"
#include "incident/seating/want.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// A forecast is due: the last is old, or a seat lost its holder since, or the needs changed.
bool is_review_due(const State& state, base::Instant now);
// The next time that one will be due even if nothing happens; absent when nothing is uncertain.
std::optional<base::Instant> next_review(const State& state);

callout::Evidence evidence_of(const State& state, base::Instant now);

// Everyone with a seat who ought to be there and has not said so, when enough of those who come do
// say so.
std::vector<Body> missed(const State& state, base::Instant now);

// The question whom to ask, and how likely every seat is to be filled. Candidates bear their
// position in the roster, posts their position in the playbook.
callout::Question question_of(const State& state, const Pool& pool, const callout::Belief& belief,
                              base::Instant now);

// By post: how many of its seats are expected to be filled so long after `now` by those who hold
// them or were asked for it.
std::vector<std::vector<double>> expected_seats(const State& state, base::Instant now,
                                                const std::vector<base::Minutes>& after);

}  // namespace tocsin::incident
