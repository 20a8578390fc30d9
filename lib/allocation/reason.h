// Tells the coordinator in words why a post has empty seats in the best allocation. Internal to
// this folder.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>

#include "allocation/problem.h"

namespace tocsin::allocation {

// Counts the responders who could hold a post, by where they are.
struct Able {
  std::int64_t here = 0;             // hold this post
  std::int64_t higher_priority = 0;  // hold a post of higher priority
  std::int64_t same_priority = 0;    // hold another post of the same priority
  std::int64_t kept_away = 0;        // have the skills, but are barred or fixed elsewhere

  std::int64_t all() const noexcept { return here + higher_priority + same_priority; }
};

// "airway and paediatrics", "ed and one of nurse or paramedic"; empty when the post asks for
// nothing.
std::string wanted_skills(const Post& post);

// What the responders have, gathered once for all posts.
struct Known {
  bool is_anybody = false;
  std::unordered_set<SkillId> skills;
  std::unordered_set<GroupId> groups;

  void add(const Responder& responder);
};

// Nobody able is ever free while a seat is empty: the best allocation would seat them, even late.
std::string reason_unfilled(const Post& post, const Able& able, const Known& known);

}  // namespace tocsin::allocation
