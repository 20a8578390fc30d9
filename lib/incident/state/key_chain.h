// Who is asked for each key role, in order: those on call for it, then the deputies, who are on
// call or have that role. It depends on the playbook, the roster and the rota at the declaration,
// not on answers.
#pragma once

#include <functional>
#include <vector>

#include "incident/state/parts.h"
#include "playbook/playbook.h"
#include "roster/people/roster.h"
#include "roster/rota/rota.h"

namespace tocsin::incident {

// Who is asked for a key role, in order.
struct KeyChain {
  PostIndex post = 0;
  std::vector<PersonIndex> people;
};

// One chain for each key role whose post the playbook has, with people who can hold the post.
// `on_now` are the stints at the declaration; `people` have their duty then. Of deputies by trade,
// those of unknown duty come last.
std::vector<KeyChain> key_chains(const playbook::Playbook& playbook, const roster::Roster& roster,
                                 const std::vector<roster::Stint>& on_now,
                                 const std::vector<Person>& people,
                                 const std::function<bool(PersonIndex, PostIndex)>& can_hold);

}  // namespace tocsin::incident
