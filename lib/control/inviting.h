// Inviting a person: the code with which they make one device theirs. The home keeps which codes it
// gave until they are used or expire; the code itself it does not keep.
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "home/home.h"
#include "roster/membership/enrolment.h"
#include "roster/people/roster.h"

namespace tocsin::control {

// Faults (invalid) without a relay, over which an enrolment travels.
const home::Relay& need_relay(const home::Home& home);

// Signed by the organisation, and valid for `life`.
roster::Invitation invite(const home::Home& home, const home::Unlocked& keys,
                          const seal::SigningKey& organisation, const roster::PersonId& person,
                          base::Instant now, base::Minutes life, base::Random& random);

}  // namespace tocsin::control
