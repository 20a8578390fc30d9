#include "playbook/judging/roster_words.h"

#include <utility>

#include "roster/rota/on_call.h"

namespace tocsin::playbook {

RosterWords words_of(std::span<const roster::Responder> people) {
  RosterWords words;
  for (const roster::Responder& person : people) {
    if (!person.is_active()) continue;
    for (const roster::SkillId& skill : person.skills) words.skills.emplace(skill.str());
    words.staff_groups.emplace(person.staff_group.str());
    words.roles.emplace(person.role.str());
  }
  return words;
}

RosterWords words_of(const roster::Roster& roster, const roster::Rota& rota) {
  RosterWords words = words_of(roster.responders());
  std::set<RoleId> on_call;
  for (const roster::RoleId& role : roster::on_call_roles(rota, roster))
    on_call.emplace(role.str());
  if (!on_call.empty()) words.on_call_roles = std::move(on_call);
  return words;
}

}  // namespace tocsin::playbook
