// The uncoordinated call that a measured one is compared with: everybody off duty is asked at once,
// without regard to shares, rest or the next shift. It does not use the incident loop: it is one
// coordinator's order.
#pragma once

#include <vector>

#include "base/random.h"
#include "incident/state/state.h"

namespace tocsin::drill {

// Whether the person is off duty or on call, and the cascade's first channel reaches them.
bool could_be_asked(const incident::State& state, incident::PersonIndex person);

// One request to each of them. They are divided among the posts of the first shift that they can
// hold, in proportion to the seats.
std::vector<incident::Body> broadcast(const incident::State& state, base::Instant now,
                                      base::Random& ids);

}  // namespace tocsin::drill
