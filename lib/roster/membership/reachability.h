// How well people can be reached, before the night it matters.
#pragma once

#include <cstddef>
#include <vector>

#include "roster/membership/membership.h"
#include "roster/people/roster.h"

namespace tocsin::roster {

// Working addresses that differ, and live devices: a mobile that takes calls and texts is one way.
std::size_t ways_to_reach(const Responder& person, const Membership& membership);

// Indices into the roster, of active responders only.
struct Reach {
  std::vector<std::size_t> unreachable;  // no way
  std::vector<std::size_t> single;       // one way
  std::vector<std::size_t> untested;     // some way, but no contact point was ever tested
  std::size_t without_consent = 0;       // contact points without recorded consent
};
Reach reach_of(const Roster& roster, const Membership& membership);

}  // namespace tocsin::roster
