// How long until an operator would ring somebody who is asked now for a post of some rank: after
// their answer window, and after those who are rung before them.
#pragma once

#include <vector>

#include "callout/belief.h"
#include "incident/seating/pool.h"
#include "incident/state/state.h"

namespace tocsin::incident {

struct PhoneQueue {
  std::vector<double> ahead;   // by rank: on the list, or on their way to it
  std::vector<double> listed;  // by rank: on the list, of this rank or a more important one
  bool exists = false;         // the cascade ends at a telephone
};

PhoneQueue phone_queue(const State& state, const Pool& pool, const callout::Belief& belief);

// Minutes for somebody with a device; below zero: nobody rings.
double until_phone(const State& state, const callout::Belief& belief, const PhoneQueue& queue,
                   PostIndex post);

}  // namespace tocsin::incident
