#include "incident/calling/staff_group.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

namespace tocsin::incident {

StaffGroups staff_groups_of(const State& state) {
  StaffGroups groups;
  std::map<std::string, std::uint32_t> numbers;
  std::vector<int> size;
  std::vector<int> called;
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const roster::Responder& row = state.roster[p];
    const auto [at, fresh] =
        numbers.try_emplace(row.staff_group.str(), static_cast<std::uint32_t>(numbers.size()));
    if (fresh) {
      size.push_back(0);
      called.push_back(0);
    }
    groups.of_person.push_back(at->second);
    size[at->second] += row.is_active() ? 1 : 0;
    called[at->second] += state.people[p].was_asked() ? 1 : 0;
  }
  groups.room.resize(numbers.size());
  for (const auto& [name, group] : numbers) {
    const double share = state.playbook.limits.largest_share(playbook::StaffGroupId{name});
    const int most =
        share > 0 ? std::max(1, static_cast<int>(std::floor(size[group] * share + 1e-9))) : 0;
    groups.room[group] = std::max(0, most - called[group]);
  }
  return groups;
}

}  // namespace tocsin::incident
