// Why somebody was or was not called, and why a post is not full: one plain sentence, from what the
// journal holds and nothing else.
#pragma once

#include <string>

#include "incident/state/state.h"

namespace tocsin::incident {

std::string explain_person(const State& state, PersonIndex person, base::Instant now);
std::string explain_post(const State& state, PostIndex post, base::Instant now);

}  // namespace tocsin::incident
