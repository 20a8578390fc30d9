#include "bench/allocation/yardstick.h"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <limits>

#include "allocation/ground.h"
#include "allocation/scale.h"
#include "bench/allocation/processor_time.h"

namespace tocsin::bench {

using allocation::Ground;
using allocation::PostNode;
using allocation::Problem;
using allocation::Profile;
using allocation::Scale;

namespace {

using Cost = std::int64_t;

Cost cost_of(const Scale& scale, const Profile& profile, const PostNode& post_node,
             allocation::Node node, std::int64_t arrives) {
  Cost cost = arrives;
  if (arrives <= post_node.by) cost -= Cost{1} << scale.on_time[post_node.level];
  if (profile.breaches.test(post_node.shift)) cost += Cost{1} << scale.breach;
  if (profile.told == node) cost -= Cost{1} << scale.change;
  if (profile.last_resort) cost += Cost{1} << scale.last_resort;
  return cost;
}

}  // namespace

std::optional<Yardstick> solve_by_lemon(const Problem& problem) {
  const ProcessorTime build;
  Ground ground{problem.posts};
  std::int64_t latest = 0;
  for (const auto& post : problem.posts) latest = std::max(latest, std::int64_t{post.from.count()});
  for (const auto& responder : problem.responders)
    latest = std::max(latest, std::int64_t{responder.eta.count()});
  const Scale scale{ground, latest};
  // LEMON gives its artificial arcs half the range of the type.
  if (scale.fixed >= 61) return std::nullopt;

  lemon::SmartDigraph graph;
  const auto& nodes = ground.nodes();
  const std::size_t people = problem.responders.size();
  std::vector<allocation::Person> persons;
  std::size_t arcs = people;
  for (const auto& responder : problem.responders) {
    persons.push_back(ground.person(responder));
    arcs += ground.profile(persons.back().profile).nodes.size();
  }
  graph.reserveNode(static_cast<int>(people + nodes.size() + 1));
  graph.reserveArc(static_cast<int>(arcs + 2 * nodes.size()));
  for (std::size_t i = 0; i < people + nodes.size() + 1; ++i) graph.addNode();
  const auto node = [&](std::size_t i) {
    return lemon::SmartDigraph::nodeFromId(static_cast<int>(i));
  };
  const auto end = node(people + nodes.size());

  std::vector<Cost> costs;
  std::vector<int> capacities;
  const auto add = [&](lemon::SmartDigraph::Node from, lemon::SmartDigraph::Node to, Cost cost,
                       std::int64_t capacity) {
    graph.addArc(from, to);
    costs.push_back(cost);
    capacities.push_back(static_cast<int>(capacity));
  };
  for (std::size_t i = 0; i < people; ++i) {
    const Profile& profile = ground.profile(persons[i].profile);
    for (const allocation::Node to : profile.nodes)
      add(node(i), node(people + to),
          cost_of(scale, profile, nodes[to], to, std::max(persons[i].eta, nodes[to].from)), 1);
    add(node(i), end, 0, 1);
  }
  // By class of seat: its minimum and its extra ones, level by level.
  std::vector<Cost> seat(2 * ground.levels());
  Cost worth = 0;
  for (std::size_t rank = seat.size(); rank-- > 0;)
    seat[rank] = worth -= Cost{1} << scale.seat[rank / 2];
  for (std::size_t p = 0; p < nodes.size(); ++p) {
    const std::size_t rank = 2 * nodes[p].level;
    add(node(people + p), end, seat[rank], nodes[p].minimum);
    add(node(people + p), end, seat[rank + 1], nodes[p].count - nodes[p].minimum);
  }

  lemon::SmartDigraph::ArcMap<Cost> cost_map(graph);
  lemon::SmartDigraph::ArcMap<int> capacity_map(graph);
  lemon::SmartDigraph::NodeMap<int> supply_map(graph, 0);
  for (std::size_t i = 0; i < costs.size(); ++i) {
    const auto arc = lemon::SmartDigraph::arcFromId(static_cast<int>(i));
    cost_map[arc] = costs[i];
    capacity_map[arc] = capacities[i];
  }
  for (std::size_t i = 0; i < people; ++i) supply_map[node(i)] = 1;
  supply_map[end] = -static_cast<int>(people);

  lemon::NetworkSimplex<lemon::SmartDigraph, int, Cost> simplex(graph);
  simplex.upperMap(capacity_map).costMap(cost_map).supplyMap(supply_map);
  Yardstick result;
  result.arcs = costs.size();
  result.build_seconds = build.seconds();
  const ProcessorTime run;
  if (simplex.run() != simplex.OPTIMAL) return std::nullopt;
  result.run_seconds = run.seconds();

  for (std::size_t i = 0; i < people; ++i)
    for (lemon::SmartDigraph::OutArcIt arc(graph, node(i)); arc != lemon::INVALID; ++arc) {
      if (simplex.flow(arc) == 0 || graph.target(arc) == end) continue;
      const auto at = static_cast<allocation::Node>(
          static_cast<std::size_t>(graph.id(graph.target(arc))) - people);
      const auto& post = problem.posts[ground.post_index(at)];
      const auto arrives = std::max(problem.responders[i].eta, post.from);
      result.assignments.push_back(
          {problem.responders[i].id, post.id, arrives, !post.by || arrives <= *post.by});
    }
  return result;
}

}  // namespace tocsin::bench
