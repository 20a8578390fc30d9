// Who stands where, and for each way from one place to another the best responder to take it: the
// arcs of the graph that network.cpp searches, each the top of a heap. Internal to this folder.
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

  // An arc as a search reads it, in a row with those that share an end. Dearer than any path while
  // nobody can take it.
  struct Arc {
    Cost cost;
    Node other;
  };

  Gates(const Ground& ground, const Scale& scale);

  // In no place yet, and `person` whoever had the slot before.
  void take(Slot slot, Person person);
  void arrive(Slot slot, Node node);
  void depart(Slot slot);

  Node pool() const noexcept { return pool_; }
  Node at(Slot slot) const noexcept { return slot < at_.size() ? at_[slot] : kNone; }
  std::size_t members(Node node) const noexcept { return members_[node]; }
  const Person& person(Slot slot) const noexcept { return people_[slot]; }
  const Kind& kind_of(Slot slot) const noexcept { return ground_.kind(people_[slot].kind); }
  // What it costs that the responder holds the post; nothing in the pool.
  Cost cost_at(Slot slot, Node node) const { return cost(terms(slot, node)); }

  std::span<const Arc> arcs_to(Node node) const noexcept { return in_[node]; }
  std::span<const Arc> arcs_from(Node node) const noexcept { return out_[node]; }
  // The responder of an arc that a search came along.
  Slot best(Node from, Node to) const noexcept { return gates_[gate_of_[from][to]].best; }

 private:
  // What holding a post means for one responder; nothing at all in the pool.
  struct Terms {
    std::int64_t minutes = 0;
    int on_time = 0;
    int breach = 0;
    int told = 0;
    int fixed = 0;
    int last_resort = 0;
    std::uint32_t level = 0;
  };
  // A responder in a heap, stale once they have left the place or the slot.
  struct Candidate {
    std::int64_t key;
    Slot slot;
    std::uint32_t generation;
    friend bool operator>(const Candidate& a, const Candidate& b) {
      return a.key != b.key ? a.key > b.key : a.slot > b.slot;
    }
  };
  using Heap = std::vector<Candidate>;
  struct Gate {
    Slot best;  // kNone while there is nobody
    Node from;
    Node to;
    std::uint32_t in;   // its place in in_[to]
    std::uint32_t out;  // its place in out_[from]
  };
  static constexpr std::size_t kHeapSlack = 64;

  Terms terms(Slot slot, Node node) const;
  Cost cost(const Terms& terms) const;
  std::int64_t key(const Terms& from, const Terms& to) const;
  bool is_fresh(const Candidate& candidate, Node node) const {
    return at_[candidate.slot] == node && generation_[candidate.slot] == candidate.generation;
  }
  static void push(Heap& heap, Candidate candidate) {
    heap.push_back(candidate);
    std::push_heap(heap.begin(), heap.end(), std::greater<>{});
  }
  void shed(Heap& heap, Node node) const;
  void shrink(Heap& heap, Node node) const;
  std::uint32_t gate(Node from, Node to);
  void offer(Slot slot, Node from, const Terms& here, Node to);
  void offer_all(Slot slot, Node from);
  void show(std::uint32_t index);
  void refresh(std::uint32_t index, Slot gone);
  Slot first_waiting(std::uint32_t kind);

  const Ground& ground_;
  const std::span<const Place> places_;
  const Node pool_;
  const std::int64_t latest_;
  const Cost last_resort_;
  const Cost change_;
  const Cost breach_;
  const Cost fixed_;
  const Cost never_;
  std::vector<Cost> on_time_;  // by level

  std::vector<Person> people_;             // by slot
  std::vector<Node> at_;                   // by slot; kNone when in no place
  std::vector<std::uint32_t> generation_;  // by slot
  std::vector<std::size_t> members_;       // by node

  // By kind, those in the pool: for every post the one who arrives first is the best of them, so
  // only that one stands at the pool's gates.
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
      places_(ground.places()),
      pool_(static_cast<Node>(places_.size())),
      latest_(scale.latest),
      last_resort_(Cost::power(scale.last_resort)),
      change_(Cost::power(scale.change)),
      breach_(Cost::power(scale.breach)),
      fixed_(Cost::power(scale.fixed)),
      never_(Cost::power(scale.bits + 2) + Cost::power(scale.bits + 1)),
      members_(places_.size() + 1, 0),
      gate_of_(places_.size() + 1),
      in_(places_.size() + 1),
      out_(places_.size() + 1) {
  for (const unsigned bit : scale.on_time) on_time_.push_back(Cost::power(bit));
}

template <std::size_t N>
void Gates<N>::take(Slot slot, Person person) {
  if (slot >= people_.size()) {
    people_.resize(slot + 1);
    at_.resize(slot + 1, kNone);
    generation_.resize(slot + 1, 0);
  }
  if (waiting_.size() < ground_.kinds()) waiting_.resize(ground_.kinds());
  people_[slot] = person;
  ++generation_[slot];
}

template <std::size_t N>
typename Gates<N>::Terms Gates<N>::terms(Slot slot, Node node) const {
  if (node == pool_) return {};
  const Person& person = people_[slot];
  const Kind& kind = ground_.kind(person.kind);
  const Place& place = places_[node];
  Terms result;
  result.minutes = std::max(person.eta, place.from);
  result.on_time = result.minutes <= place.by ? 1 : 0;
  result.breach = kind.breaches.test(place.shift) ? 1 : 0;
  result.told = kind.told == node ? 1 : 0;
  result.fixed = kind.fixed == node ? 1 : 0;
  result.last_resort = kind.last_resort ? 1 : 0;
  result.level = place.level;
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

// Orders the responders of one gate as their costs would, in one word: between two given places,
// what is on time can change in five ways only, ranked by which of the two has the higher priority.
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

// Takes those off the top who have left.
template <std::size_t N>
void Gates<N>::shed(Heap& heap, Node node) const {
  while (!heap.empty() && !is_fresh(heap.front(), node)) {
    std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
    heap.pop_back();
  }
}

// Takes everyone out who has left, once they outnumber those who have not.
template <std::size_t N>
void Gates<N>::shrink(Heap& heap, Node node) const {
  if (heap.size() <= kHeapSlack + 4 * members_[node]) return;
  std::erase_if(heap, [&](const Candidate& candidate) { return !is_fresh(candidate, node); });
  std::sort(heap.begin(), heap.end(), [](const auto& a, const auto& b) { return b > a; });
  const auto same = [](const auto& a, const auto& b) { return a.slot == b.slot; };
  heap.erase(std::unique(heap.begin(), heap.end(), same), heap.end());
}

template <std::size_t N>
std::uint32_t Gates<N>::gate(Node from, Node to) {
  auto& row = gate_of_[from];
  if (row.empty()) row.resize(places_.size() + 1, kNone);
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
void Gates<N>::offer(Slot slot, Node from, const Terms& here, Node to) {
  const std::uint32_t index = gate(from, to);
  Heap& heap = heaps_[index];
  shrink(heap, from);
  push(heap, {key(here, terms(slot, to)), slot, generation_[slot]});
  if (heap.front().slot == slot) show(index);
}

template <std::size_t N>
void Gates<N>::offer_all(Slot slot, Node from) {
  const Terms here = terms(slot, from);
  for (const Node to : kind_of(slot).places)
    if (to != from) offer(slot, from, here, to);
  if (from != pool_) offer(slot, from, here, pool_);
}

template <std::size_t N>
void Gates<N>::show(std::uint32_t index) {
  Gate& gate = gates_[index];
  const Heap& heap = heaps_[index];
  gate.best = heap.empty() ? kNone : heap.front().slot;
  const Cost cost =
      gate.best == kNone ? never_ : cost_at(gate.best, gate.to) - cost_at(gate.best, gate.from);
  in_[gate.to][gate.in].cost = cost;
  out_[gate.from][gate.out].cost = cost;
}

template <std::size_t N>
void Gates<N>::refresh(std::uint32_t index, Slot gone) {
  if (gates_[index].best != gone) return;
  shed(heaps_[index], gates_[index].from);
  show(index);
}

// Of those of a kind in the pool, kNone when there is nobody.
template <std::size_t N>
Slot Gates<N>::first_waiting(std::uint32_t kind) {
  Heap& heap = waiting_[kind];
  shed(heap, pool_);
  return heap.empty() ? kNone : heap.front().slot;
}

template <std::size_t N>
void Gates<N>::arrive(Slot slot, Node node) {
  at_[slot] = node;
  ++members_[node];
  if (node != pool_) {
    offer_all(slot, node);
    return;
  }
  const std::uint32_t kind = people_[slot].kind;
  shrink(waiting_[kind], pool_);
  push(waiting_[kind], {people_[slot].eta, slot, generation_[slot]});
  if (first_waiting(kind) == slot) offer_all(slot, pool_);
}

template <std::size_t N>
void Gates<N>::depart(Slot slot) {
  const Node left = at_[slot];
  const std::uint32_t kind = people_[slot].kind;
  const bool was_first = left == pool_ && first_waiting(kind) == slot;
  at_[slot] = kNone;
  --members_[left];
  if (was_first)
    if (const Slot next = first_waiting(kind); next != kNone) offer_all(next, pool_);
  const auto& row = gate_of_[left];
  if (row.empty()) return;
  for (const Node to : kind_of(slot).places)
    if (row[to] != kNone) refresh(row[to], slot);
  if (left != pool_) refresh(row[pool_], slot);
}

}  // namespace tocsin::allocation
