// How long silence is waited out before the cascade goes on.
#pragma once

#include <optional>

#include "incident/state/state.h"

namespace tocsin::incident {

// How long an answer to this request is waited for on one channel.
base::Minutes answer_window(const State& state, std::optional<PostIndex> post);

// Their silence still means something: a message waits for its answer, or a channel is left to try.
bool may_still_answer(const State& state, PersonIndex person, base::Instant now);

}  // namespace tocsin::incident
