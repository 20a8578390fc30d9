// What a playbook is judged against besides itself.
#pragma once

#include <set>
#include <span>

#include "playbook/playbook.h"
#include "roster/people/roster.h"

namespace tocsin::playbook {

// Words of the roster, for checks that need them.
struct RosterWords {
  std::set<SkillId> skills;
  std::set<StaffGroupId> staff_groups;
};

// Of those who are active: nobody else can hold a post.
RosterWords words_of(std::span<const roster::Responder> people);

}  // namespace tocsin::playbook
