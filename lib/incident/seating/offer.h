// Offers that wait in the pool: people who said, without being asked, that they would come, and who
// hold no seat. They never interrupt. Here they are listed, the most useful first.
#pragma once

#include <optional>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

struct Offer {
  PersonIndex person = 0;
  base::Instant arrives;
  std::optional<PostIndex> fills;  // the open post that they would fill
};

// First those who would fill a seat, the most important seat first; then the others, by arrival.
// Each open seat goes to one of them only.
std::vector<Offer> offers(const State& state);

}  // namespace tocsin::incident
