#include "playbook/judging/roster_words.h"

namespace tocsin::playbook {

RosterWords words_of(std::span<const roster::Responder> people) {
  RosterWords words;
  for (const roster::Responder& person : people) {
    if (!person.is_active()) continue;
    for (const roster::SkillId& skill : person.skills) words.skills.emplace(skill.str());
    words.staff_groups.emplace(person.staff_group.str());
  }
  return words;
}

}  // namespace tocsin::playbook
