// Who stands in line for each key role: whoever is on call for it, then deputy after deputy, on
// call or by trade. Settled by the playbook, the roster and the rota at the declaration; their
// answers change nothing in it.
#pragma once

#include <functional>
#include <vector>

#include "incident/state/parts.h"
#include "playbook/playbook.h"
#include "roster/people/roster.h"
#include "roster/rota/rota.h"

namespace tocsin::incident {

// Who is asked for a key role, one after the other.
struct KeyChain {
  PostIndex post = 0;
  std::vector<PersonIndex> people;
};

// One for each key role whose post the playbook has; only people who can hold the post. `on_now`
// are the stints at the declaration.
std::vector<KeyChain> key_chains(const playbook::Playbook& playbook, const roster::Roster& roster,
                                 const std::vector<roster::Stint>& on_now,
                                 const std::function<bool(PersonIndex, PostIndex)>& can_hold);

}  // namespace tocsin::incident
