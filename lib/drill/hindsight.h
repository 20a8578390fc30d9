// The best that a night's staff could have done, had one known from the first second what everybody
// would say: the optimal allocation of those on duty who went to a post, and of those at home who
// would have answered a message to everybody. Whoever comes unasked, or is reached by telephone
// alone, is not in it.
#pragma once

#include "drill/people.h"
#include "incident/state/state.h"

namespace tocsin::drill {

struct Hindsight {
  bool first_on_time = false;  // every post of priority 1 of the first shift
  bool relief_filled = false;  // every post of the later shifts, after all of the first
};

Hindsight look_back(const incident::State& state, const People& people);

}  // namespace tocsin::drill
