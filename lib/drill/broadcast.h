// The uncoordinated call that a measured one is compared with: everybody off duty is asked at once,
// whatever shares, rest or tomorrow's shift would say. Needs nothing of the incident loop: it is
// one coordinator's order.
#pragma once

#include <vector>

#include "base/random.h"
#include "incident/state/state.h"

namespace tocsin::drill {

// Off duty or on call, on the roster, and within reach of the cascade's first channel.
bool could_be_asked(const incident::State& state, incident::PersonIndex person);

// One request to each of them, spread over the posts of the first shift that they can hold, in
// proportion to the seats.
std::vector<incident::Body> broadcast(const incident::State& state, base::Instant now,
                                      base::Random& ids);

}  // namespace tocsin::drill
