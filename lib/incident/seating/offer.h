// Offers that wait in the pool: people who said, without having been asked, that they would come,
// and who hold no seat. They never interrupt; here they are in the order in which they would help.
#pragma once

#include <optional>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

struct Offer {
  PersonIndex person = 0;
  base::Instant arrives;
  std::optional<PostIndex> fills;  // an open seat that would be theirs, of those they could hold
};

// Those who would fill a seat first, the most important seat first; then those who would be here
// first. Each open seat is given to one of them only.
std::vector<Offer> offers(const State& state);

}  // namespace tocsin::incident
