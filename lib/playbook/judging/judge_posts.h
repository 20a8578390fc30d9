// Judges whether a post of an area can be filled as it is written. Internal to this folder.
#pragma once

#include <set>
#include <string>
#include <unordered_set>

#include "playbook/judging/judging.h"

namespace tocsin::playbook {

// What the posts of one area that were judged so far contain.
struct AreaRoles {
  const AreaId& area;
  const RoleId& lead;
  std::unordered_set<std::string> roles = {};
  std::set<std::string> worked = {};  // shifts in which the area has a post
  std::set<std::string> led = {};     // shifts in which its lead has one
};

void judge_post(Node node, AreaRoles& so_far, Judging& judging);

}  // namespace tocsin::playbook
