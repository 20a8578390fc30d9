// What a playbook is judged against besides itself.
#pragma once

#include <optional>
#include <set>
#include <span>

#include "playbook/playbook.h"
#include "roster/people/roster.h"
#include "roster/rota/rota.h"

namespace tocsin::playbook {

// Words of the roster, for checks that need them.
struct RosterWords {
  std::set<SkillId> skills;
  std::set<StaffGroupId> staff_groups;
  std::set<RoleId> roles;
  // Those for which the rota ever has anybody on call. Absent where no rota is looked at.
  std::optional<std::set<RoleId>> on_call_roles{};
};

// Of those who are active: nobody else can hold a post.
RosterWords words_of(std::span<const roster::Responder> people);
// The same, with the rota's on-call roles when it has any.
RosterWords words_of(const roster::Roster& roster, const roster::Rota& rota);

}  // namespace tocsin::playbook
