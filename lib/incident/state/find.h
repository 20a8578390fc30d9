// People, areas, roles and posts by what a coordinator types at speed: an id, a title, or enough of
// a name to be only one. Never guesses: what could mean two things is a Fault (usage) that lists
// them, what means nothing is one with a "did you mean".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

// An id, a whole name, or words that each begin a word of one name.
PersonIndex find_person(const State& state, std::string_view text);

// An id or a title.
const playbook::Area& find_area(const State& state, std::string_view text);

// Every post of a role in an area (any area when `area` is null), in the playbook's order: one for
// each shift. The role by its id or its title. Never empty.
std::vector<PostIndex> find_posts(const State& state, const playbook::Area* area,
                                  std::string_view role);

// "resus/nurse/relief"; or "resus/nurse", which is the post of the first shift that has one.
PostIndex find_post(const State& state, std::string_view text);

// As find_person and find_post, for an argument that may be either: a post has a "/".
bool names_post(std::string_view text) noexcept;

}  // namespace tocsin::incident
