// How long it takes until an operator rings somebody who is asked now for a post: after their
// answer window, and after the people who are rung before them.
#pragma once

#include <vector>

#include "callout/belief.h"
#include "incident/seating/pool.h"
#include "incident/state/state.h"

namespace tocsin::incident {

struct PhoneQueue {
  std::vector<double> ahead;   // by rank: people on the list or about to be put on it
  std::vector<double> listed;  // by rank: people on the list, of this or a more important rank
  bool exists = false;         // the cascade ends at a telephone
};

PhoneQueue phone_queue(const State& state, const Pool& pool, const callout::Belief& belief);

// In minutes, for somebody with a device; below 0 when nobody rings.
double until_phone(const State& state, const callout::Belief& belief, const PhoneQueue& queue,
                   PostIndex post);

}  // namespace tocsin::incident
