// What a playbook is judged against besides itself.
#pragma once

#include <set>

#include "playbook/playbook.h"

namespace tocsin::playbook {

// Words of the roster, for checks that need them.
struct RosterWords {
  std::set<SkillId> skills;
  std::set<StaffGroupId> staff_groups;
};

}  // namespace tocsin::playbook
