// Which people of a roster are meant: those of a role, a ward, a staff group, with some skills.
#pragma once

#include <string>
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

// In the order of the roster, into which the pointers lead.
std::vector<const Responder*> select(const Roster& roster, const Selection& selection);
std::vector<const Responder*> select(Roster&&, const Selection&) = delete;

}  // namespace tocsin::roster
