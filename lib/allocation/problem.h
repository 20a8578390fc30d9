// What an allocation is asked: posts to fill and responders who could fill them. Plain values.
// Nothing here is checked; problem_file.h checks what people write.
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

using base::Minutes;

// `count` seats that are alike. Minutes count from the same zero for posts and responders.
struct Post {
  PostId id;
  std::string area;
  std::string role;
  ShiftId shift;
  // That posts of a lower stage are filled, and filled in time, comes before that posts of a higher
  // one are filled at all. Problems that people write have one stage.
  std::int64_t stage = 0;
  std::int64_t priority = 1;        // within the stage; 1 is the highest
  std::int64_t count = 1;           // 0 or more
  std::int64_t minimum = 0;         // the safe number; anything above count counts as count
  std::vector<SkillId> skills;      // a responder needs all of these
  std::vector<SkillId> any_skills;  // and, unless empty, one of these
  std::optional<Minutes> by;        // on time when arriving at or before; no limit when absent
  Minutes from{0};                  // nobody starts before

  friend bool operator==(const Post&, const Post&) = default;
};

// Holds at most one seat. Arrives at a post at max(eta, from).
struct Responder {
  ResponderId id;
  std::vector<SkillId> skills;
  Minutes eta{0};
  bool last_resort = false;
  std::vector<ShiftId> breaches;  // shifts in which their rest rules would be broken
  std::optional<PostId> told;     // ending anywhere else is one change
  // A coordinator's order: this post or none, whatever their skills, and before anyone else.
  std::optional<PostId> fixed;
  std::vector<PostId> barred;  // never these posts

  friend bool operator==(const Responder&, const Responder&) = default;
};

struct Problem {
  std::vector<Post> posts;
  std::vector<Responder> responders;
};

}  // namespace tocsin::allocation
