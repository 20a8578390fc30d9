#include "allocation/solution.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace tocsin::allocation {

Objective objective_of(const Problem& problem, const std::vector<Assignment>& assignments) {
  struct Level {
    std::int64_t minimum = 0;
    std::int64_t total = 0;
    std::int64_t on_time = 0;
  };
  std::map<std::int64_t, Level> levels;
  std::unordered_map<PostId, const Post*> post_by_id;
  for (const Post& post : problem.posts) {
    levels[post.priority];
    post_by_id.emplace(post.id, &post);
  }
  std::unordered_map<ResponderId, const Assignment*> assignment_by_id;
  std::unordered_map<PostId, std::int64_t> filled;
  for (const Assignment& assignment : assignments) {
    assignment_by_id.emplace(assignment.responder, &assignment);
    ++filled[assignment.post];
  }

  Objective objective;
  for (const auto& [id, number] : filled) {
    const Post& post = *post_by_id.at(id);
    levels[post.priority].total += number;
    levels[post.priority].minimum += std::min(number, post.minimum);
  }
  for (const Responder& responder : problem.responders) {
    const auto found = assignment_by_id.find(responder.id);
    if (found == assignment_by_id.end()) {
      if (responder.told) ++objective.changes;
      continue;
    }
    const Post& post = *post_by_id.at(found->second->post);
    const Minutes arrives = std::max(responder.eta, post.from);
    if (!post.by || arrives <= *post.by) ++levels[post.priority].on_time;
    if (std::find(responder.breaches.begin(), responder.breaches.end(), post.shift) !=
        responder.breaches.end())
      ++objective.rest_breaches;
    if (responder.told && *responder.told != post.id) ++objective.changes;
    if (responder.last_resort) ++objective.last_resort;
    objective.minutes += arrives.count();
  }
  for (const auto& [priority, level] : levels) {
    objective.filled.push_back({priority, level.minimum, level.total});
    objective.on_time.push_back({priority, level.on_time});
  }
  return objective;
}

}  // namespace tocsin::allocation
