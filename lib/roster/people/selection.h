// Which people of a roster are meant: those of a role, a ward, a staff group, with some skills.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "roster/people/roster.h"

namespace tocsin::roster {

// Words as somebody typed them, in any spelling that has the same canonical word. Empty: any.
struct Selection {
  std::string role{};
  std::string staff_group{};
  std::string ward{};
  std::vector<std::string> skills{};  // with all of them
  bool with_inactive = false;
};

// A word of a selection that nobody on the roster has, active or not, and the nearest that somebody
// has; empty when none is near.
struct Unheard {
  std::string_view kind;  // "role"
  std::string word;
  std::string nearest;
};
std::vector<Unheard> unheard(const Roster& roster, const Selection& selection);

// In the order of the roster, into which the pointers lead.
std::vector<const Responder*> select(const Roster& roster, const Selection& selection);
std::vector<const Responder*> select(Roster&&, const Selection&) = delete;

}  // namespace tocsin::roster
