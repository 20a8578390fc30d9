// How long to wait for an answer before the cascade goes on.
#pragma once

#include <optional>

#include "incident/state/state.h"

namespace tocsin::incident {

// How long to wait for an answer to this request on one channel.
base::Minutes answer_window(const State& state, std::optional<PostIndex> post);

// Whether a silent person may still answer: a message waits for its answer, or another channel is
// left to try.
bool may_still_answer(const State& state, PersonIndex person, base::Instant now);

}  // namespace tocsin::incident
