// Finds people, areas, roles and posts by what a coordinator types in a hurry: an id, a title, or
// part of a name. It never guesses. When several fit, a Fault (usage) lists them; when nothing
// fits, it says "did you mean".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

// By id, full name, or the beginnings of words of a name.
PersonIndex find_person(const State& state, std::string_view text);

// By id or title.
const playbook::Area& find_area(const State& state, std::string_view text);

// Every post of a role in an area (in any area when `area` is null), in the playbook's order: one
// for each shift. `role` is an id or a title. Never empty.
std::vector<PostIndex> find_posts(const State& state, const playbook::Area* area,
                                  std::string_view role);

// "resus/nurse/relief", or "resus/nurse" for the post of the first shift that has one.
PostIndex find_post(const State& state, std::string_view text);

// Whether an argument names a post (it has a "/") and not a person.
bool names_post(std::string_view text) noexcept;

}  // namespace tocsin::incident
