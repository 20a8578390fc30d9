// The best possible result of a night if all answers had been known from the first second: the
// optimal allocation of those on duty who went to a post, and of those at home who would have
// answered a message to everybody. People who come unasked, or whom only a telephone reaches, are
// not included.
#pragma once

#include "drill/people/people.h"
#include "incident/state/state.h"

namespace tocsin::drill {

struct Hindsight {
  bool first_on_time = false;  // every post of priority 1 of the first shift
  bool relief_filled = false;  // every post of the later shifts, after all of the first
};

Hindsight look_back(const incident::State& state, const People& people);

}  // namespace tocsin::drill
