#include "roster/people/selection.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "base/text.h"
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

std::vector<Unheard> unheard(const Roster& roster, const Selection& selection) {
  std::vector<Unheard> out;
  const auto look = [&](std::string_view kind, const std::string& wanted, const auto& words_of) {
    std::set<std::string> known;
    for (const Responder& person : roster.responders()) words_of(person, known);
    const std::string word = canonical_word(wanted);
    if (word.empty() || known.contains(word)) return;
    known.erase("");
    const std::vector<std::string_view> words{known.begin(), known.end()};
    out.push_back({kind, word, std::string{base::did_you_mean(word, words).value_or("")}});
  };
  look("role", selection.role,
       [](const Responder& one, auto& known) { known.insert(one.role.str()); });
  look("staff group", selection.staff_group,
       [](const Responder& one, auto& known) { known.insert(one.staff_group.str()); });
  look("ward", selection.ward,
       [](const Responder& one, auto& known) { known.insert(one.ward.str()); });
  for (const std::string& skill : selection.skills)
    look("skill", skill, [](const Responder& one, auto& known) {
      for (const SkillId& has : one.skills) known.insert(has.str());
    });
  return out;
}

}  // namespace tocsin::roster
