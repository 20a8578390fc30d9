#include "roster/people/selection.h"

#include <algorithm>
#include <string_view>

#include "roster/people/spelling.h"

namespace tocsin::roster {

std::vector<const Responder*> select(const Roster& roster, const Selection& selection) {
  const auto is = [](std::string_view wanted, const auto& word) {
    return wanted.empty() || canonical_word(wanted) == word.str();
  };
  std::vector<const Responder*> people;
  for (const Responder& person : roster.responders())
    if ((selection.with_inactive || person.is_active()) && is(selection.role, person.role) &&
        is(selection.staff_group, person.staff_group) && is(selection.ward, person.ward) &&
        std::ranges::all_of(selection.skills, [&](const std::string& skill) {
          return person.has_skill(SkillId{canonical_word(skill)});
        }))
      people.push_back(&person);
  return people;
}

}  // namespace tocsin::roster
