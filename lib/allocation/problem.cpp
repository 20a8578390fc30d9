#include "allocation/problem.h"

#include <algorithm>

namespace tocsin::allocation {

bool is_able(const Responder& responder, const Post& post) {
  const auto has = [&](const SkillId& skill) {
    return std::find(responder.skills.begin(), responder.skills.end(), skill) !=
           responder.skills.end();
  };
  if (!post.group.empty() && responder.group != post.group) return false;
  if (post.listed_only && std::find(responder.listed.begin(), responder.listed.end(), post.id) ==
                              responder.listed.end())
    return false;
  return std::all_of(post.skills.begin(), post.skills.end(), has) &&
         (post.any_skills.empty() ||
          std::any_of(post.any_skills.begin(), post.any_skills.end(), has));
}

}  // namespace tocsin::allocation
