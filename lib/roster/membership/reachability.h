// How well people can be reached, for checks in advance.
#pragma once

#include <cstddef>
#include <vector>

#include "roster/membership/membership.h"
#include "roster/people/roster.h"

namespace tocsin::roster {

// The number of different working addresses, and of devices that are not revoked. A mobile for
// calls and texts is one address.
std::size_t ways_to_reach(const Responder& person, const Membership& membership);

// Indices into the roster, of active responders only.
struct Reach {
  std::vector<std::size_t> unreachable;  // no way
  std::vector<std::size_t> single;       // one way
  std::vector<std::size_t> untested;     // some way, but no contact point that was ever tested
  std::vector<std::size_t> wrong;        // a contact point that does not work: a wrong number
  std::size_t without_consent = 0;       // contact points without recorded consent
};
Reach reach_of(const Roster& roster, const Membership& membership);

}  // namespace tocsin::roster
