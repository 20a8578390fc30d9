// Who stands in line for each key role: whoever is on call for it, then deputy after deputy, on
// call or by trade. Settled by the playbook, the roster and the rota at the declaration; what they
// answer is not its affair.
#pragma once

#include <vector>

#include "incident/state.h"

namespace tocsin::incident {

// One for each key role whose post the playbook has; only people who can hold the post.
std::vector<KeyChain> key_chains(const State& state);

}  // namespace tocsin::incident
