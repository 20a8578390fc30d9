// Which node each responder is at, and the arcs of the graph that network.cpp searches. An arc from
// one node to another is the best responder to move that way: the top of a heap, a gate. Internal
// to this folder.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "allocation/ground.h"
#include "allocation/scale.h"
#include "allocation/wide.h"

namespace tocsin::allocation {

template <std::size_t N>
class Gates {
 public:
  using Cost = Wide<N>;

  // An arc as a search reads it; arcs that share an end lie side by side in memory. While nobody
  // can move along it, it costs more than any path.
  struct Arc {
    Cost cost;
    Node other;
  };

  Gates(const Ground& ground, const Scale& scale);

  // Gives the index to `person`, who is at no node yet.
  void take(PersonIndex who, Person person);
  void arrive(PersonIndex who, Node node);
  void depart(PersonIndex who);

  Node pool() const noexcept { return pool_; }
  Node at(PersonIndex who) const noexcept { return who < at_.size() ? at_[who] : kNone; }
  std::size_t members(Node node) const noexcept { return members_[node]; }
  const Person& person(PersonIndex who) const noexcept { return people_[who]; }
  const Profile& profile_of(PersonIndex who) const noexcept {
    return ground_.profile(people_[who].profile);
  }
  // What it costs that the responder holds the post; 0 in the pool.
  Cost cost_at(PersonIndex who, Node node) const { return cost(terms(who, node)); }

  std::span<const Arc> arcs_to(Node node) const noexcept { return in_[node]; }
  std::span<const Arc> arcs_from(Node node) const noexcept { return out_[node]; }
  // The responder who moves along the arc.
  PersonIndex best(Node from, Node to) const noexcept { return gates_[gate_of_[from][to]].best; }

 private:
  // What holding a post adds to each objective for one responder; all 0 in the pool.
  struct Terms {
    std::int64_t minutes = 0;
    int on_time = 0;
    int breach = 0;
    int told = 0;
    int fixed = 0;
    int last_resort = 0;
    std::uint32_t level = 0;
  };
  // A responder in a heap. Stale when they have left the node, or the index has a new person.
  struct Candidate {
    std::int64_t key;
    PersonIndex who;
    std::uint32_t generation;
    friend bool operator>(const Candidate& a, const Candidate& b) {
      return a.key != b.key ? a.key > b.key : a.who > b.who;
    }
  };
  using Heap = std::vector<Candidate>;
  struct Gate {
    PersonIndex best;  // kNone while there is nobody
    Node from;
    Node to;
    std::uint32_t in;   // index into in_[to]
    std::uint32_t out;  // index into out_[from]
  };
  static constexpr std::size_t kHeapSlack = 64;

  Terms terms(PersonIndex who, Node node) const;
  Cost cost(const Terms& terms) const;
  std::int64_t key(const Terms& from, const Terms& to) const;
  bool is_fresh(const Candidate& candidate, Node node) const {
    return at_[candidate.who] == node && generation_[candidate.who] == candidate.generation;
  }
  static void push(Heap& heap, Candidate candidate) {
    heap.push_back(candidate);
    std::push_heap(heap.begin(), heap.end(), std::greater<>{});
  }
  void shed(Heap& heap, Node node) const;
  void shrink(Heap& heap, Node node) const;
  std::uint32_t gate(Node from, Node to);
  void offer(PersonIndex who, Node from, const Terms& here, Node to);
  void offer_all(PersonIndex who, Node from);
  void show(std::uint32_t index);
  void refresh(std::uint32_t index, PersonIndex gone);
  PersonIndex first_waiting(std::uint32_t profile);

  const Ground& ground_;
  const std::span<const PostNode> nodes_;
  const Node pool_;
  const std::int64_t latest_;
  const Cost last_resort_;
  const Cost change_;
  const Cost breach_;
  const Cost fixed_;
  const Cost never_;
  std::vector<Cost> on_time_;  // by level

  std::vector<Person> people_;             // by person
  std::vector<Node> at_;                   // by person; kNone when at no node
  std::vector<std::uint32_t> generation_;  // by person
  std::vector<std::size_t> members_;       // by node

  // By profile, the people in the pool. The one who arrives first is the best for every post, so
  // only that one is in the heaps of the pool's gates.
  std::vector<Heap> waiting_;
  std::vector<std::vector<std::uint32_t>> gate_of_;  // [from][to]; rows grow when first needed
  std::vector<Gate> gates_;
  std::vector<Heap> heaps_;  // by gate
  std::vector<std::vector<Arc>> in_;
  std::vector<std::vector<Arc>> out_;
};

template <std::size_t N>
Gates<N>::Gates(const Ground& ground, const Scale& scale)
    : ground_(ground),
      nodes_(ground.nodes()),
      pool_(static_cast<Node>(nodes_.size())),
      latest_(scale.latest),
      last_resort_(Cost::power(scale.last_resort)),
      change_(Cost::power(scale.change)),
      breach_(Cost::power(scale.breach)),
      fixed_(Cost::power(scale.fixed)),
      never_(Cost::power(scale.bits + 2) + Cost::power(scale.bits + 1)),
      members_(nodes_.size() + 1, 0),
      gate_of_(nodes_.size() + 1),
      in_(nodes_.size() + 1),
      out_(nodes_.size() + 1) {
  for (const unsigned bit : scale.on_time) on_time_.push_back(Cost::power(bit));
}

template <std::size_t N>
void Gates<N>::take(PersonIndex who, Person person) {
  if (who >= people_.size()) {
    people_.resize(who + 1);
    at_.resize(who + 1, kNone);
    generation_.resize(who + 1, 0);
  }
  if (waiting_.size() < ground_.profiles()) waiting_.resize(ground_.profiles());
  people_[who] = person;
  ++generation_[who];
}

template <std::size_t N>
typename Gates<N>::Terms Gates<N>::terms(PersonIndex who, Node node) const {
  if (node == pool_) return {};
  const Person& person = people_[who];
  const Profile& profile = ground_.profile(person.profile);
  const PostNode& post_node = nodes_[node];
  Terms result;
  result.minutes = std::max(person.eta, post_node.from);
  result.on_time = result.minutes <= post_node.by ? 1 : 0;
  result.breach = profile.breaches.test(post_node.shift) ? 1 : 0;
  result.told = profile.told == node ? 1 : 0;
  result.fixed = profile.fixed == node ? 1 : 0;
  result.last_resort = profile.last_resort ? 1 : 0;
  result.level = post_node.level;
  return result;
}

template <std::size_t N>
Wide<N> Gates<N>::cost(const Terms& terms) const {
  Cost result{terms.minutes};
  if (terms.on_time != 0) result -= on_time_[terms.level];
  if (terms.breach != 0) result += breach_;
  if (terms.told != 0) result -= change_;
  if (terms.last_resort != 0) result += last_resort_;
  if (terms.fixed != 0) result -= fixed_;
  return result;
}

// One word that orders the responders of a gate as their costs do. Between two given nodes the
// number on time can change in five ways only; which change weighs more depends on the two levels.
template <std::size_t N>
std::int64_t Gates<N>::key(const Terms& from, const Terms& to) const {
  std::int64_t on_time = from.on_time - to.on_time;
  if (from.level < to.level)
    on_time += from.on_time;
  else if (from.level > to.level)
    on_time -= to.on_time;
  std::int64_t result = from.fixed - to.fixed;
  result = result * 5 + on_time;
  result = result * 3 + to.breach - from.breach;
  result = result * 3 + from.told - to.told;
  result = result * 3 + to.last_resort - from.last_resort;
  return result * (2 * latest_ + 1) + to.minutes - from.minutes;
}

// Removes stale candidates from the top.
template <std::size_t N>
void Gates<N>::shed(Heap& heap, Node node) const {
  while (!heap.empty() && !is_fresh(heap.front(), node)) {
    std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
    heap.pop_back();
  }
}

// Removes all stale candidates when there are many of them.
template <std::size_t N>
void Gates<N>::shrink(Heap& heap, Node node) const {
  if (heap.size() <= kHeapSlack + 4 * members_[node]) return;
  std::erase_if(heap, [&](const Candidate& candidate) { return !is_fresh(candidate, node); });
  std::sort(heap.begin(), heap.end(), [](const auto& a, const auto& b) { return b > a; });
  const auto same = [](const auto& a, const auto& b) { return a.who == b.who; };
  heap.erase(std::unique(heap.begin(), heap.end(), same), heap.end());
}

template <std::size_t N>
std::uint32_t Gates<N>::gate(Node from, Node to) {
  auto& row = gate_of_[from];
  if (row.empty()) row.resize(nodes_.size() + 1, kNone);
  if (row[to] == kNone) {
    row[to] = static_cast<std::uint32_t>(gates_.size());
    gates_.push_back({kNone, from, to, static_cast<std::uint32_t>(in_[to].size()),
                      static_cast<std::uint32_t>(out_[from].size())});
    heaps_.emplace_back();
    out_[from].push_back({never_, to});
    in_[to].push_back({never_, from});
  }
  return row[to];
}

template <std::size_t N>
void Gates<N>::offer(PersonIndex who, Node from, const Terms& here, Node to) {
  const std::uint32_t index = gate(from, to);
  Heap& heap = heaps_[index];
  shrink(heap, from);
  push(heap, {key(here, terms(who, to)), who, generation_[who]});
  if (heap.front().who == who) show(index);
}

template <std::size_t N>
void Gates<N>::offer_all(PersonIndex who, Node from) {
  const Terms here = terms(who, from);
  for (const Node to : profile_of(who).nodes)
    if (to != from) offer(who, from, here, to);
  if (from != pool_) offer(who, from, here, pool_);
}

template <std::size_t N>
void Gates<N>::show(std::uint32_t index) {
  Gate& gate = gates_[index];
  const Heap& heap = heaps_[index];
  gate.best = heap.empty() ? kNone : heap.front().who;
  const Cost cost =
      gate.best == kNone ? never_ : cost_at(gate.best, gate.to) - cost_at(gate.best, gate.from);
  in_[gate.to][gate.in].cost = cost;
  out_[gate.from][gate.out].cost = cost;
}

template <std::size_t N>
void Gates<N>::refresh(std::uint32_t index, PersonIndex gone) {
  if (gates_[index].best != gone) return;
  shed(heaps_[index], gates_[index].from);
  show(index);
}

// The person of this profile in the pool who arrives first; kNone when there is none.
template <std::size_t N>
PersonIndex Gates<N>::first_waiting(std::uint32_t profile) {
  Heap& heap = waiting_[profile];
  shed(heap, pool_);
  return heap.empty() ? kNone : heap.front().who;
}

template <std::size_t N>
void Gates<N>::arrive(PersonIndex who, Node node) {
  at_[who] = node;
  ++members_[node];
  if (node != pool_) {
    offer_all(who, node);
    return;
  }
  const std::uint32_t profile = people_[who].profile;
  shrink(waiting_[profile], pool_);
  push(waiting_[profile], {people_[who].eta, who, generation_[who]});
  if (first_waiting(profile) == who) offer_all(who, pool_);
}

template <std::size_t N>
void Gates<N>::depart(PersonIndex who) {
  const Node left = at_[who];
  const std::uint32_t profile = people_[who].profile;
  const bool was_first = left == pool_ && first_waiting(profile) == who;
  at_[who] = kNone;
  --members_[left];
  if (was_first)
    if (const PersonIndex next = first_waiting(profile); next != kNone) offer_all(next, pool_);
  const auto& row = gate_of_[left];
  if (row.empty()) return;
  for (const Node to : profile_of(who).nodes)
    if (row[to] != kNone) refresh(row[to], who);
  if (left != pool_) refresh(row[pool_], who);
}

}  // namespace tocsin::allocation
