// The stints of a rota as somebody asks for them: within a time, of a person, a role, a ward or a
// duty; the plan with its overrides. And the words that there are for them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "roster/people/roster.h"
#include "roster/rota/horizon.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

struct Wanted {
  Stretch within;  // stints that overlap it, whole
  std::optional<PersonId> person{};
  RoleId role{};  // in the stint, or their own when it names none; empty: any
  WardId ward{};  // the same
  std::optional<Duty> duty{};
};

struct Listed {
  const Responder* person = nullptr;
  Stint stint;
};

// By time, then in the order of the roster, into which the result points. Without people who have
// left the roster or are not active.
std::vector<Listed> list(const Rota& rota, const Roster& roster, const Wanted& wanted);
std::vector<Listed> list(const Rota&, Roster&&, const Wanted&) = delete;

// Every role of the roster, and every role that a stint names; sorted.
std::vector<std::string> known_roles(const Rota& rota, const Roster& roster);

}  // namespace tocsin::roster
