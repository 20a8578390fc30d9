// Which posts of a playbook a roster could fill at a given time, were everybody who can be reached
// to come. A pure question to the allocation; no forecast of who will say yes.
#pragma once

#include <vector>

#include "allocation/solve.h"
#include "base/instant.h"
#include "playbook/playbook.h"
#include "roster/membership/membership.h"
#include "roster/people/roster.h"
#include "roster/rota/rota.h"

namespace tocsin::cli {

allocation::Problem problem_at(const playbook::Playbook& playbook, const roster::Roster& roster,
                               const roster::Rota& rota, const roster::Membership& membership,
                               base::Instant at);

// Empty seats of each post, all its times taken together, worst priority first.
std::vector<allocation::Unfilled> unfillable(const playbook::Playbook& playbook,
                                             const roster::Roster& roster, const roster::Rota& rota,
                                             const roster::Membership& membership,
                                             base::Instant at);

}  // namespace tocsin::cli
