// Says why somebody was or was not called, or why a post is not full: in one plain sentence, from
// the journal alone.
#pragma once

#include <string>

#include "incident/state/state.h"

namespace tocsin::incident {

std::string explain_person(const State& state, PersonIndex person, base::Instant now);
std::string explain_post(const State& state, PostIndex post, base::Instant now);

}  // namespace tocsin::incident
