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

std::int64_t latest_of(const Problem& problem) {
  std::int64_t latest = 0;
  for (const auto& post : problem.posts) latest = std::max(latest, std::int64_t{post.from.count()});
  for (const auto& responder : problem.responders)
    latest = std::max(latest, std::int64_t{responder.eta.count()});
  return latest;
}

// The problem as a graph: people, then posts, then the end that all flow goes to.
class Flow {
 public:
  Flow(const Problem& problem, Ground& ground, const Scale& scale)
      : problem_{problem}, ground_{ground}, people_{problem.responders.size()} {
    const auto& nodes = ground.nodes();
    std::vector<allocation::Person> persons;
    std::size_t arcs = people_;
    for (const auto& responder : problem.responders) {
      persons.push_back(ground.person(responder));
      arcs += ground.profile(persons.back().profile).nodes.size();
    }
    graph_.reserveNode(static_cast<int>(people_ + nodes.size() + 1));
    graph_.reserveArc(static_cast<int>(arcs + 2 * nodes.size()));
    for (std::size_t i = 0; i < people_ + nodes.size() + 1; ++i) graph_.addNode();
    end_ = node(people_ + nodes.size());
    add_people(persons, scale);
    add_posts(scale);
  }

  std::optional<Yardstick> solve(const ProcessorTime& build) {
    Graph::ArcMap<Cost> cost_map(graph_);
    Graph::ArcMap<int> capacity_map(graph_);
    Graph::NodeMap<int> supply_map(graph_, 0);
    for (std::size_t i = 0; i < costs_.size(); ++i) {
      const auto arc = Graph::arcFromId(static_cast<int>(i));
      cost_map[arc] = costs_[i];
      capacity_map[arc] = capacities_[i];
    }
    for (std::size_t i = 0; i < people_; ++i) supply_map[node(i)] = 1;
    supply_map[end_] = -static_cast<int>(people_);

    Simplex simplex(graph_);
    simplex.upperMap(capacity_map).costMap(cost_map).supplyMap(supply_map);
    Yardstick result;
    result.arcs = costs_.size();
    result.build_seconds = build.seconds();
    const ProcessorTime run;
    if (simplex.run() != simplex.OPTIMAL) return std::nullopt;
    result.run_seconds = run.seconds();
    read(simplex, result);
    return result;
  }

 private:
  using Graph = lemon::SmartDigraph;
  using Simplex = lemon::NetworkSimplex<Graph, int, Cost>;

  static Graph::Node node(std::size_t i) { return Graph::nodeFromId(static_cast<int>(i)); }

  void add(Graph::Node from, Graph::Node to, Cost cost, std::int64_t capacity) {
    graph_.addArc(from, to);
    costs_.push_back(cost);
    capacities_.push_back(static_cast<int>(capacity));
  }

  void add_people(const std::vector<allocation::Person>& persons, const Scale& scale) {
    const auto& nodes = ground_.nodes();
    for (std::size_t i = 0; i < people_; ++i) {
      const Profile& profile = ground_.profile(persons[i].profile);
      for (const allocation::Node to : profile.nodes)
        add(node(i), node(people_ + to),
            cost_of(scale, profile, nodes[to], to, std::max(persons[i].eta, nodes[to].from)), 1);
      add(node(i), end_, 0, 1);
    }
  }

  // By class of seat: minimum and extra seats of each level.
  void add_posts(const Scale& scale) {
    const auto& nodes = ground_.nodes();
    std::vector<Cost> seat(2 * ground_.levels());
    Cost worth = 0;
    for (std::size_t rank = seat.size(); rank-- > 0;)
      seat[rank] = worth -= Cost{1} << scale.seat[rank / 2];
    for (std::size_t p = 0; p < nodes.size(); ++p) {
      const std::size_t rank = 2 * nodes[p].level;
      add(node(people_ + p), end_, seat[rank], nodes[p].minimum);
      add(node(people_ + p), end_, seat[rank + 1], nodes[p].count - nodes[p].minimum);
    }
  }

  void read(const Simplex& simplex, Yardstick& result) const {
    for (std::size_t i = 0; i < people_; ++i)
      for (Graph::OutArcIt arc(graph_, node(i)); arc != lemon::INVALID; ++arc) {
        if (simplex.flow(arc) == 0 || graph_.target(arc) == end_) continue;
        const auto at = static_cast<allocation::Node>(
            static_cast<std::size_t>(graph_.id(graph_.target(arc))) - people_);
        const auto& post = problem_.posts[ground_.post_index(at)];
        const auto arrives = std::max(problem_.responders[i].eta, post.from);
        result.assignments.push_back(
            {problem_.responders[i].id, post.id, arrives, !post.by || arrives <= *post.by});
      }
  }

  const Problem& problem_;
  Ground& ground_;
  std::size_t people_;
  Graph graph_;
  Graph::Node end_;
  std::vector<Cost> costs_;
  std::vector<int> capacities_;
};

}  // namespace

std::optional<Yardstick> solve_by_lemon(const Problem& problem) {
  const ProcessorTime build;
  Ground ground{problem.posts};
  const Scale scale{ground, latest_of(problem)};
  // LEMON needs half of the type's range for its artificial arcs.
  if (scale.fixed >= 61) return std::nullopt;
  return Flow{problem, ground, scale}.solve(build);
}

}  // namespace tocsin::bench
