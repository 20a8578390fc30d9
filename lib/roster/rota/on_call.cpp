#include "roster/rota/on_call.h"

#include <algorithm>
#include <optional>
#include <set>

namespace tocsin::roster {

namespace {

template <class Word>
void add_once(std::vector<Word>& words, const Word& word) {
  const auto at = std::lower_bound(words.begin(), words.end(), word);
  if (at == words.end() || *at != word) words.insert(at, word);
}

// `stints` are those of one person, in order of time.
std::optional<OnCall> serving(std::span<const Stint> stints, const Responder& person,
                              base::Instant at, const RoleId& role) {
  OnCall out;
  out.person = &person;
  // What touches the stretch so far makes it longer.
  std::optional<std::pair<base::Instant, base::Instant>> stretch;
  const auto counts = [&](const Stint& stint) {
    return stint.duty == Duty::on_call && (role.empty() || role_in(stint, person) == role);
  };
  base::Instant back = base::Instant::min();    // of the last absence
  base::Instant leaves = base::Instant::max();  // to the next one
  for (const Stint& stint : stints) {
    if (stint.duty == Duty::absent) {
      if (stint.covers(at)) return std::nullopt;
      if (stint.until <= at)
        back = std::max(back, stint.until);
      else
        leaves = std::min(leaves, stint.from);
      continue;
    }
    if (!counts(stint)) continue;
    if (stretch && stint.from <= stretch->second)
      stretch->second = std::max(stretch->second, stint.until);
    else if (!stretch || stretch->second <= at)
      stretch.emplace(stint.from, stint.until);
    if (!stint.covers(at)) continue;
    add_once(out.roles, role_in(stint, person));
    if (!ward_in(stint, person).empty()) add_once(out.wards, ward_in(stint, person));
  }
  if (out.roles.empty()) return std::nullopt;
  out.from = std::max(stretch->first, back);
  out.until = std::min(stretch->second, leaves);
  return out;
}

}  // namespace

const RoleId& role_in(const Stint& stint, const Responder& person) noexcept {
  return stint.role.empty() ? person.role : stint.role;
}

const WardId& ward_in(const Stint& stint, const Responder& person) noexcept {
  return stint.ward.empty() ? person.ward : stint.ward;
}

std::vector<OnCall> on_call(const Rota& rota, const Roster& roster, base::Instant at,
                            const RoleId& role) {
  std::vector<OnCall> out;
  for (const Responder& person : roster.responders()) {
    if (!person.is_active()) continue;
    if (auto one = serving(rota.of(person.id), person, at, role)) out.push_back(*std::move(one));
  }
  return out;
}

std::vector<RoleId> on_call_roles(const Rota& rota, const Roster& roster) {
  std::set<RoleId> roles;
  for (const Stint& stint : rota.stints()) {
    if (stint.duty != Duty::on_call) continue;
    if (!stint.role.empty()) {
      roles.insert(stint.role);
    } else if (const Responder* person = roster.find(stint.person)) {
      if (!person->role.empty()) roles.insert(person->role);
    }
  }
  return {roles.begin(), roles.end()};
}

}  // namespace tocsin::roster
