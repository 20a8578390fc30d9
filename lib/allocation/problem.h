// The question of an allocation: posts to fill and responders who could fill them. Plain values
// without checks; problem_file.h checks the files that people write.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/instant.h"

namespace tocsin::allocation {

using PostId = base::Id<struct PostTag>;
using ResponderId = base::Id<struct ResponderTag>;
using ShiftId = base::Id<struct ShiftTag>;
using SkillId = base::Id<struct SkillTag>;
using GroupId = base::Id<struct GroupTag>;  // a staff group

using base::Minutes;

// A post of `count` equal seats. Minutes count from the same zero for posts and responders.
struct Post {
  PostId id;
  std::string area;
  std::string role;
  ShiftId shift;
  // Filling the posts of a lower stage, and filling them in time, is more important than filling
  // any post of a higher stage. Problems that people write have one stage.
  std::int64_t stage = 0;
  std::int64_t priority = 1;        // within the stage; 1 is the highest
  std::int64_t count = 1;           // 0 or more
  std::int64_t minimum = 0;         // the minimum safe number; at most `count` of it counts
  std::vector<SkillId> skills;      // a responder needs all of these
  std::vector<SkillId> any_skills;  // and, unless empty, one of these
  GroupId group;                    // and, unless empty, belongs to this group
  bool listed_only = false;         // and lists this post (Responder::listed)
  std::optional<Minutes> by;        // who arrives by then is on time; without it everybody is
  Minutes from{0};                  // nobody starts earlier

  friend bool operator==(const Post&, const Post&) = default;
};

// Holds at most one seat. Arrives at a post at max(eta, from).
struct Responder {
  ResponderId id;
  std::vector<SkillId> skills;
  GroupId group;
  std::vector<PostId> listed;  // posts that are open only to those who list them
  Minutes eta{0};
  bool last_resort = false;
  std::vector<ShiftId> breaches;  // shifts in which their rest rules would be broken
  std::optional<PostId> told;     // where they were told to go; anything else is one change
  // A coordinator's order: this post or none, without regard to skills, and before anybody else.
  std::optional<PostId> fixed;
  std::vector<PostId> barred;  // posts that they must not hold

  friend bool operator==(const Responder&, const Responder&) = default;
};

// Whether the responder's group, skills and list allow the post. It ignores `barred` and `fixed`.
bool is_able(const Responder& responder, const Post& post);

struct Problem {
  std::vector<Post> posts;
  std::vector<Responder> responders;
};

}  // namespace tocsin::allocation
