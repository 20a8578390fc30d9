// How many people of each staff group may still be called: the playbook's share of those in service
// (limits.largest_share). Any share above 0 allows at least one person.
#pragma once

#include <cstdint>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

struct StaffGroups {
  std::vector<std::uint32_t> of_person;
  std::vector<int> room;  // by group: how many more may be called
  bool is_used_up(PersonIndex person) const { return room[of_person[person]] == 0; }
};

StaffGroups staff_groups_of(const State& state);

}  // namespace tocsin::incident
