// Independent checks of an allocation: the objectives as lists compared member by member, a search
// over all allocations, and a search for a cycle that improves one. Simple and slow on purpose.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "allocation/allocator.h"
#include "allocation/problem.h"
#include "allocation/solve.h"
#include "base/random.h"

namespace tocsin::allocation::oracle {

using Worth = std::vector<std::int64_t>;  // compared member by member; smaller is better

inline bool may_hold(const Responder& responder, const Post& post) {
  if (responder.fixed) return *responder.fixed == post.id;
  if (std::count(responder.barred.begin(), responder.barred.end(), post.id) > 0) return false;
  const auto has = [&](const SkillId& skill) {
    return std::count(responder.skills.begin(), responder.skills.end(), skill) > 0;
  };
  if (!post.group.empty() && responder.group != post.group) return false;
  if (post.listed_only &&
      std::count(responder.listed.begin(), responder.listed.end(), post.id) == 0)
    return false;
  if (!std::all_of(post.skills.begin(), post.skills.end(), has)) return false;
  return post.any_skills.empty() ||
         std::any_of(post.any_skills.begin(), post.any_skills.end(), has);
}

inline std::vector<std::int64_t> stages_of(const Problem& problem) {
  std::set<std::int64_t> stages;
  for (const Post& post : problem.posts) stages.insert(post.stage);
  return {stages.begin(), stages.end()};
}

inline std::vector<std::int64_t> priorities_of(const Problem& problem, std::int64_t stage) {
  std::set<std::int64_t> priorities;
  for (const Post& post : problem.posts)
    if (post.stage == stage) priorities.insert(post.priority);
  return {priorities.begin(), priorities.end()};
}

// The index in a Worth of the minimum seats of this post; its total is the next member.
inline std::size_t seats_in_worth(const Problem& problem, const Post& post) {
  std::size_t at = 1;
  for (const std::int64_t stage : stages_of(problem)) {
    const auto priorities = priorities_of(problem, stage);
    if (stage != post.stage) {
      at += 3 * priorities.size();
      continue;
    }
    const auto found = std::find(priorities.begin(), priorities.end(), post.priority);
    return at + 2 * static_cast<std::size_t>(found - priorities.begin());
  }
  return at;
}

// `held` is by responder: the index of a post, or -1.
inline Worth worth_of(const Problem& problem, const std::vector<int>& held) {
  Worth result{0};
  std::vector<std::int64_t> filled(problem.posts.size(), 0);
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (held[i] < 0) continue;
    ++filled[static_cast<std::size_t>(held[i])];
    if (problem.responders[i].fixed) --result[0];
  }
  for (const std::int64_t stage : stages_of(problem)) {
    const auto priorities = priorities_of(problem, stage);
    for (const std::int64_t priority : priorities) {
      std::int64_t minimum = 0;
      std::int64_t total = 0;
      for (std::size_t p = 0; p < problem.posts.size(); ++p) {
        if (problem.posts[p].stage != stage || problem.posts[p].priority != priority) continue;
        minimum += std::min(filled[p], problem.posts[p].minimum);
        total += filled[p];
      }
      result.push_back(-minimum);
      result.push_back(-total);
    }
    for (const std::int64_t priority : priorities) {
      std::int64_t on_time = 0;
      for (std::size_t i = 0; i < held.size(); ++i) {
        if (held[i] < 0) continue;
        const Post& post = problem.posts[static_cast<std::size_t>(held[i])];
        if (post.stage != stage || post.priority != priority) continue;
        if (!post.by || std::max(problem.responders[i].eta, post.from) <= *post.by) ++on_time;
      }
      result.push_back(-on_time);
    }
  }
  std::int64_t breaches = 0;
  std::int64_t changes = 0;
  std::int64_t last_resort = 0;
  std::int64_t minutes = 0;
  for (std::size_t i = 0; i < held.size(); ++i) {
    const Responder& responder = problem.responders[i];
    const Post* post = held[i] < 0 ? nullptr : &problem.posts[static_cast<std::size_t>(held[i])];
    if (responder.told && (post == nullptr || post->id != *responder.told)) ++changes;
    if (post == nullptr) continue;
    breaches += std::count(responder.breaches.begin(), responder.breaches.end(), post->shift) > 0;
    last_resort += responder.last_resort ? 1 : 0;
    minutes += std::max(responder.eta, post->from).count();
  }
  result.insert(result.end(), {breaches, changes, last_resort, minutes});
  return result;
}

inline Worth best_by_trying_all(const Problem& problem) {
  std::vector<int> held(problem.responders.size(), -1);
  std::vector<std::int64_t> filled(problem.posts.size(), 0);
  std::optional<Worth> best;
  const auto place = [&](const auto& self, std::size_t i) -> void {
    if (i == held.size()) {
      const Worth worth = worth_of(problem, held);
      if (!best || worth < *best) best = worth;
      return;
    }
    held[i] = -1;
    self(self, i + 1);
    for (std::size_t p = 0; p < problem.posts.size(); ++p) {
      if (filled[p] == problem.posts[p].count) continue;
      if (!may_hold(problem.responders[i], problem.posts[p])) continue;
      ++filled[p];
      held[i] = static_cast<int>(p);
      self(self, i + 1);
      held[i] = -1;
      --filled[p];
    }
  };
  place(place, 0);
  return *best;
}

// The post of each responder. Checks that all are known, able and assigned once, and that no post
// has more people than seats.
inline std::optional<std::vector<int>> held_in(const Problem& problem, const Solution& solution) {
  std::vector<int> held(problem.responders.size(), -1);
  std::vector<std::int64_t> filled(problem.posts.size(), 0);
  for (const Assignment& assignment : solution.assignments) {
    const auto responder =
        std::find_if(problem.responders.begin(), problem.responders.end(),
                     [&](const auto& r) { return r.id == assignment.responder; });
    const auto post = std::find_if(problem.posts.begin(), problem.posts.end(),
                                   [&](const auto& p) { return p.id == assignment.post; });
    if (responder == problem.responders.end() || post == problem.posts.end()) return std::nullopt;
    const auto p = static_cast<std::size_t>(post - problem.posts.begin());
    int& place = held[static_cast<std::size_t>(responder - problem.responders.begin())];
    if (place >= 0 || ++filled[p] > post->count || !may_hold(*responder, *post))
      return std::nullopt;
    if (assignment.arrives != std::max(responder->eta, post->from)) return std::nullopt;
    if (assignment.on_time != (!post->by || assignment.arrives <= *post->by)) return std::nullopt;
    place = static_cast<int>(p);
  }
  return held;
}

// The objectives that a Solution prints, as a Worth. It lacks the first member, which is not
// printed.
inline Worth printed(const Objective& objective) {
  Worth result;
  for (const auto& filled : objective.filled) {
    result.push_back(-filled.minimum);
    result.push_back(-filled.total);
  }
  for (const auto& on_time : objective.on_time) result.push_back(-on_time.total);
  result.insert(result.end(), {objective.rest_breaches, objective.changes, objective.last_resort,
                               objective.minutes});
  return result;
}

// What moving one responder changes in everything but the seats.
inline Worth change_by(const Problem& problem, const std::vector<int>& held, std::size_t responder,
                       int to) {
  Problem one{problem.posts, {problem.responders[responder]}};
  for (Post& post : one.posts) post.minimum = 0;
  const Worth before = worth_of(one, {held[responder]});
  Worth after = worth_of(one, {to});
  for (std::size_t i = 0; i < after.size(); ++i) after[i] -= before[i];
  for (const Post& post : problem.posts) {
    const std::size_t at = seats_in_worth(problem, post);
    after[at] = after[at + 1] = 0;
  }
  return after;
}

// A move from one post, or from the pool (the number of posts), to another.
struct Arc {
  std::size_t from;
  std::size_t to;
  Worth cost;
};

inline std::vector<Arc> possible_moves(const Problem& problem, const std::vector<int>& held) {
  const std::size_t pool = problem.posts.size();
  const Worth nothing(worth_of(problem, held).size(), 0);
  std::vector<Arc> arcs;
  std::vector<std::int64_t> filled(pool, 0);
  for (std::size_t i = 0; i < held.size(); ++i) {
    const std::size_t at = held[i] < 0 ? pool : static_cast<std::size_t>(held[i]);
    if (held[i] >= 0) {
      ++filled[at];
      arcs.push_back({at, pool, change_by(problem, held, i, -1)});
    }
    for (std::size_t p = 0; p < pool; ++p)
      if (p != at && may_hold(problem.responders[i], problem.posts[p]))
        arcs.push_back({at, p, change_by(problem, held, i, static_cast<int>(p))});
  }
  for (std::size_t p = 0; p < pool; ++p) {
    const Post& post = problem.posts[p];
    const std::size_t at = seats_in_worth(problem, post);
    if (filled[p] < post.count) {
      Worth cost = nothing;
      cost[at] = filled[p] < post.minimum ? -1 : 0;
      cost[at + 1] = -1;
      arcs.push_back({p, pool, cost});
    }
    if (filled[p] > 0) {
      Worth cost = nothing;
      cost[at] = filled[p] <= post.minimum ? 1 : 0;
      cost[at + 1] = 1;
      arcs.push_back({pool, p, cost});
    }
  }
  return arcs;
}

// Whether moving people round a cycle of posts and the pool improves the allocation (Bellman and
// Ford, with lists instead of numbers).
inline bool can_be_improved(const Problem& problem, const std::vector<int>& held) {
  const std::size_t pool = problem.posts.size();
  const auto arcs = possible_moves(problem, held);
  std::vector<Worth> distance(pool + 1, Worth(worth_of(problem, held).size(), 0));
  for (std::size_t round = 0; round <= pool + 1; ++round) {
    bool changed = false;
    for (const Arc& arc : arcs) {
      Worth through = distance[arc.from];
      for (std::size_t i = 0; i < through.size(); ++i) through[i] += arc.cost[i];
      if (through < distance[arc.to]) {
        distance[arc.to] = through;
        changed = true;
      }
    }
    if (!changed) return false;
  }
  return true;
}

struct Shape {
  std::uint64_t posts = 4;
  std::uint64_t responders = 6;
  std::uint64_t skills = 3;
  std::uint64_t priorities = 3;
  std::uint64_t count = 2;
  std::uint64_t eta = 40;
  std::uint64_t stages = 1;
};

inline Responder random_responder(base::SeededRandom& random, const Shape& shape,
                                  std::uint64_t number) {
  Responder responder;
  responder.id = ResponderId{"r" + std::to_string(number)};
  for (std::uint64_t s = 0; s < shape.skills; ++s)
    if (random.chance(0.6)) responder.skills.emplace_back("s" + std::to_string(s));
  if (random.chance(0.8)) responder.group = GroupId{random.chance(0.5) ? "nurses" : "doctors"};
  responder.eta = Minutes{static_cast<std::int64_t>(random.below(shape.eta))};
  responder.last_resort = random.chance(0.2);
  for (const char* shift : {"response", "relief", "unknown"})
    if (random.chance(0.25)) responder.breaches.emplace_back(shift);
  const auto any_post = [&] { return PostId{"p" + std::to_string(random.below(shape.posts))}; };
  if (random.chance(0.4)) responder.told = any_post();
  if (random.chance(0.05)) responder.fixed = any_post();
  if (random.chance(0.1)) responder.barred = {any_post(), any_post()};
  if (random.chance(0.3)) responder.listed = {any_post(), any_post()};
  return responder;
}

inline Problem random_problem(base::SeededRandom& random, const Shape& shape) {
  Problem problem;
  for (std::uint64_t p = 0; p < shape.posts; ++p) {
    Post post;
    post.id = PostId{"p" + std::to_string(p)};
    post.shift = ShiftId{random.chance(0.5) ? "response" : "relief"};
    post.priority = static_cast<std::int64_t>(1 + random.below(shape.priorities));
    post.count = static_cast<std::int64_t>(random.below(shape.count + 1));
    post.minimum = static_cast<std::int64_t>(random.below(shape.count + 1));
    for (std::uint64_t s = 0; s < shape.skills; ++s) {
      if (random.chance(0.3)) post.skills.emplace_back("s" + std::to_string(s));
      if (random.chance(0.1)) post.any_skills.emplace_back("s" + std::to_string(s));
    }
    if (random.chance(0.2)) post.group = GroupId{"nurses"};
    post.listed_only = random.chance(0.1);
    if (random.chance(0.7)) post.by = Minutes{static_cast<std::int64_t>(random.below(shape.eta))};
    if (random.chance(0.4)) post.from = Minutes{static_cast<std::int64_t>(random.below(shape.eta))};
    if (shape.stages > 1) post.stage = static_cast<std::int64_t>(random.below(shape.stages));
    problem.posts.push_back(post);
  }
  for (std::uint64_t r = 0; r < shape.responders; ++r)
    problem.responders.push_back(random_responder(random, shape, r));
  return problem;
}

}  // namespace tocsin::allocation::oracle
