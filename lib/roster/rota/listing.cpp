#include "roster/rota/listing.h"

#include <algorithm>
#include <set>

#include "roster/rota/on_call.h"

namespace tocsin::roster {

namespace {

bool is_wanted(const Stint& stint, const Responder& person, const Wanted& wanted) {
  if (stint.until <= wanted.within.from || wanted.within.until <= stint.from) return false;
  if (wanted.duty && stint.duty != *wanted.duty) return false;
  if (!wanted.role.empty() && role_in(stint, person) != wanted.role) return false;
  return wanted.ward.empty() || ward_in(stint, person) == wanted.ward;
}

}  // namespace

std::vector<Listed> list(const Rota& rota, const Roster& roster, const Wanted& wanted) {
  std::vector<Listed> out;
  for (const Responder& person : roster.responders()) {
    if (!person.is_active() || (wanted.person && person.id != *wanted.person)) continue;
    for (const Stint& stint : rota.of(person.id))
      if (is_wanted(stint, person, wanted)) out.push_back({&person, stint});
  }
  std::stable_sort(out.begin(), out.end(), [](const Listed& a, const Listed& b) {
    return std::pair{a.stint.from, a.stint.until} < std::pair{b.stint.from, b.stint.until};
  });
  return out;
}

std::vector<std::string> known_roles(const Rota& rota, const Roster& roster) {
  std::set<std::string> roles;
  for (const RoleId& role : roster.roles()) roles.insert(role.str());
  for (const Stint& stint : rota.stints()) roles.insert(stint.role.str());
  roles.erase("");
  return {roles.begin(), roles.end()};
}

}  // namespace tocsin::roster
