// Why it stays optimal. Node prices are kept such that every arc u → v of the residual graph has a
// reduced cost, cost + price(u) - price(v), of at least 0; then no cycle improves the allocation.
// The pool's price is 0. One more responder, or one less, or one more seat, is one unit of flow
// along one shortest path by reduced costs (Dijkstra), after which prices are moved by the
// distances found, up to the path's own.
//
// Arcs: u → v between posts or the pool by a responder; post → pool also by opening its next seat;
// pool → post also by closing its last filled seat. Every post in the graph has a seat, open or
// filled, and so an arc to the pool: its price is never below minus one move. A post with a filled
// seat has an arc from the pool, and a post without has its price only lowered once it has one:
// never above one move. That is the bound on prices that scale.h relies on.

#include "allocation/network.h"

#include <algorithm>
#include <span>
#include <utility>

#include "allocation/wide.h"
#include "base/fault.h"

namespace tocsin::allocation {

namespace {

constexpr std::size_t kHeapSlack = 64;

template <std::size_t N>
class NetworkOf final : public Network {
 public:
  using Cost = Wide<N>;

  NetworkOf(const Ground& ground, const Scale& scale)
      : Network(static_cast<Node>(ground.places().size())),
        ground_(ground),
        places_(ground.places()),
        latest_(scale.latest),
        last_resort_(Cost::power(scale.last_resort)),
        change_(Cost::power(scale.change)),
        breach_(Cost::power(scale.breach)),
        fixed_(Cost::power(scale.fixed)),
        nodes_(std::size_t{pool_} + 1),
        opened_(nodes_, 0),
        price_(nodes_),
        label_(nodes_),
        step_(nodes_),
        seen_(nodes_, 0),
        settled_(nodes_, 0),
        gate_of_(nodes_),
        in_(nodes_),
        out_(nodes_) {
    for (const unsigned bit : scale.on_time) on_time_.push_back(Cost::power(bit));
    // Class 2K - 1 is the extra seats of the lowest priority: worth one unit; each class above, one
    // more.
    Cost worth;
    seat_.resize(2 * on_time_.size());
    for (std::size_t rank = seat_.size(); rank-- > 0;)
      seat_[rank] = (worth -= Cost::power(scale.seat));
  }

  const Kind& kind_of(Slot slot) const override { return ground_.kind(people_[slot].kind); }
  void open(std::vector<Person> people) override;
  void enter(Slot slot, Person person) override;
  void leave(Slot slot) override;

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
  // A responder in a heap, stale once they have left the node or the slot.
  struct Candidate {
    std::int64_t key;
    Slot slot;
    std::uint32_t generation;
    friend bool operator>(const Candidate& a, const Candidate& b) {
      return a.key != b.key ? a.key > b.key : a.slot > b.slot;
    }
  };
  // The arc from one node to another by a responder; `best` is kNone while there is none.
  struct Gate {
    Cost cost;
    Slot best = kNone;
    Node from;
    Node to;
  };
  // The arc by which a search reached a node: a responder's, or a seat's when `slot` is kNone.
  struct Step {
    Node node;
    Slot slot;
  };
  struct Queued {
    Cost label;
    Node node;
    friend bool operator>(const Queued& a, const Queued& b) {
      return a.label != b.label ? a.label > b.label : a.node > b.node;
    }
  };

  Terms terms(Slot slot, Node node) const;
  Cost cost(const Terms& terms) const;
  std::int64_t key(const Terms& from, const Terms& to) const;
  Cost seat_cost(Node post, std::size_t index) const {
    const Place& place = places_[post];
    return seat_[2 * place.level + (static_cast<std::int64_t>(index) < place.minimum ? 0 : 1)];
  }

  bool is_fresh(const Candidate& candidate, Node node) const {
    return at_[candidate.slot] == node && generation_[candidate.slot] == candidate.generation;
  }
  std::uint32_t gate(Node from, Node to);
  void offer(Slot slot, Node from, const Terms& here, Node to);
  void offer_all(Slot slot, Node from);
  void show(std::uint32_t gate);
  void refresh(std::uint32_t gate, Slot gone);
  void refresh_all(Slot slot, Node left);
  Slot head(std::uint32_t kind);
  void arrive(Slot slot, Node node);
  void depart(Slot slot);
  void move(Slot slot, Node to);

  void begin_search();
  void reach(Node node, const Cost& label, Step step);
  bool fill(Node post);
  void place_new(Slot slot);

  const Ground& ground_;
  const std::span<const Place> places_;
  const std::int64_t latest_;
  const Cost last_resort_;
  const Cost change_;
  const Cost breach_;
  const Cost fixed_;
  std::vector<Cost> on_time_;  // by level
  std::vector<Cost> seat_;     // by class of seat; below 0

  const std::size_t nodes_;
  std::vector<std::size_t> opened_;  // seats that may be filled, by post
  std::vector<Cost> price_;

  // One search. A node is seen or settled when its stamp is that of this search.
  std::vector<Cost> label_;
  std::vector<Step> step_;
  std::vector<std::uint64_t> seen_;
  std::vector<std::uint64_t> settled_;
  std::uint64_t stamp_ = 0;
  std::vector<Queued> queue_;
  std::vector<Node> done_;

  std::vector<Person> people_;
  std::vector<std::uint32_t> generation_;
  // By kind, a heap of those in the pool: for every post the one who arrives first is the best of
  // them, so only that one stands at the pool's gates.
  std::vector<std::vector<Candidate>> waiting_;

  std::vector<std::vector<std::uint32_t>> gate_of_;  // [from][to]; rows grow when first needed
  std::vector<Gate> gates_;
  std::vector<std::vector<Candidate>> candidates_;  // by gate, a heap
  std::vector<std::vector<std::uint32_t>> in_;      // by node: gates that lead to it
  std::vector<std::vector<std::uint32_t>> out_;     // by node: gates that lead from it
};

template <std::size_t N>
typename NetworkOf<N>::Terms NetworkOf<N>::terms(Slot slot, Node node) const {
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
Wide<N> NetworkOf<N>::cost(const Terms& terms) const {
  Cost result{terms.minutes};
  if (terms.on_time != 0) result -= on_time_[terms.level];
  if (terms.breach != 0) result += breach_;
  if (terms.told != 0) result -= change_;
  if (terms.last_resort != 0) result += last_resort_;
  if (terms.fixed != 0) result -= fixed_;
  return result;
}

// Orders the responders of one gate as their costs would, in one word: between two given posts,
// what is on time can change in five ways only.
template <std::size_t N>
std::int64_t NetworkOf<N>::key(const Terms& from, const Terms& to) const {
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

template <std::size_t N>
std::uint32_t NetworkOf<N>::gate(Node from, Node to) {
  auto& row = gate_of_[from];
  if (row.empty()) row.resize(nodes_, kNone);
  if (row[to] == kNone) {
    row[to] = static_cast<std::uint32_t>(gates_.size());
    gates_.push_back({Cost{}, kNone, from, to});
    candidates_.emplace_back();
    out_[from].push_back(row[to]);
    in_[to].push_back(row[to]);
  }
  return row[to];
}

template <std::size_t N>
void NetworkOf<N>::offer(Slot slot, Node from, const Terms& here, Node to) {
  const std::uint32_t index = gate(from, to);
  auto& heap = candidates_[index];
  // Those who have left are only dropped when they come to the top; here before they outnumber the
  // rest.
  if (heap.size() > kHeapSlack + 4 * members_[from]) {
    std::erase_if(heap, [&](const Candidate& c) { return !is_fresh(c, from); });
    std::sort(heap.begin(), heap.end(), [](const auto& a, const auto& b) { return b > a; });
    const auto same = [](const auto& a, const auto& b) { return a.slot == b.slot; };
    heap.erase(std::unique(heap.begin(), heap.end(), same), heap.end());
  }
  heap.push_back({key(here, terms(slot, to)), slot, generation_[slot]});
  std::push_heap(heap.begin(), heap.end(), std::greater<>{});
  if (heap.front().slot == slot) show(index);
}

template <std::size_t N>
void NetworkOf<N>::offer_all(Slot slot, Node from) {
  const Terms here = terms(slot, from);
  for (const Node to : ground_.kind(people_[slot].kind).places)
    if (to != from) offer(slot, from, here, to);
  if (from != pool_) offer(slot, from, here, pool_);
}

template <std::size_t N>
void NetworkOf<N>::show(std::uint32_t index) {
  Gate& gate = gates_[index];
  const auto& heap = candidates_[index];
  gate.best = heap.empty() ? kNone : heap.front().slot;
  if (gate.best != kNone)
    gate.cost = cost(terms(gate.best, gate.to)) - cost(terms(gate.best, gate.from));
}

template <std::size_t N>
void NetworkOf<N>::refresh(std::uint32_t index, Slot gone) {
  const Gate& gate = gates_[index];
  if (gate.best != gone) return;
  auto& heap = candidates_[index];
  while (!heap.empty() && !is_fresh(heap.front(), gate.from)) {
    std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
    heap.pop_back();
  }
  show(index);
}

template <std::size_t N>
void NetworkOf<N>::refresh_all(Slot slot, Node left) {
  const auto& row = gate_of_[left];
  if (row.empty()) return;
  for (const Node to : ground_.kind(people_[slot].kind).places)
    if (row[to] != kNone) refresh(row[to], slot);
  if (left != pool_) refresh(row[pool_], slot);
}

// The first to arrive of a kind among those in the pool, kNone when there is nobody.
template <std::size_t N>
Slot NetworkOf<N>::head(std::uint32_t kind) {
  auto& heap = waiting_[kind];
  while (!heap.empty() && !is_fresh(heap.front(), pool_)) {
    std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
    heap.pop_back();
  }
  return heap.empty() ? kNone : heap.front().slot;
}

template <std::size_t N>
void NetworkOf<N>::arrive(Slot slot, Node node) {
  at_[slot] = node;
  ++members_[node];
  if (node != pool_) {
    offer_all(slot, node);
    return;
  }
  const std::uint32_t kind = people_[slot].kind;
  auto& heap = waiting_[kind];
  heap.push_back({people_[slot].eta, slot, generation_[slot]});
  std::push_heap(heap.begin(), heap.end(), std::greater<>{});
  if (head(kind) == slot) offer_all(slot, pool_);
}

template <std::size_t N>
void NetworkOf<N>::depart(Slot slot) {
  const Node left = at_[slot];
  const std::uint32_t kind = people_[slot].kind;
  const bool led = left == pool_ && head(kind) == slot;
  at_[slot] = kNone;
  --members_[left];
  if (led)
    if (const Slot next = head(kind); next != kNone) offer_all(next, pool_);
  refresh_all(slot, left);
}

template <std::size_t N>
void NetworkOf<N>::move(Slot slot, Node to) {
  moved_.push_back({slot, at_[slot], to});
  depart(slot);
  arrive(slot, to);
}

template <std::size_t N>
void NetworkOf<N>::begin_search() {
  ++stamp_;
  queue_.clear();
  done_.clear();
}

template <std::size_t N>
void NetworkOf<N>::reach(Node node, const Cost& label, Step step) {
  if (seen_[node] == stamp_ && label_[node] <= label) return;
  // Nothing beyond the pool is of use: the path ends there.
  if (seen_[pool_] == stamp_ && label_[pool_] <= label) return;
  seen_[node] = stamp_;
  label_[node] = label;
  step_[node] = step;
  queue_.push_back({label, node});
  std::push_heap(queue_.begin(), queue_.end(), std::greater<>{});
}

// One seat of `post`, the next after its members, is held by nobody: finds the cheapest way to fill
// it, from the pool or by closing a seat (perhaps itself). Searches backwards from the post.
template <std::size_t N>
bool NetworkOf<N>::fill(Node post) {
  begin_search();
  reach(post, Cost{}, {kNone, kNone});
  while (true) {
    const Queued next = queue_.front();
    std::pop_heap(queue_.begin(), queue_.end(), std::greater<>{});
    queue_.pop_back();
    if (next.node == pool_) break;
    if (settled_[next.node] == stamp_) continue;
    settled_[next.node] = stamp_;
    done_.push_back(next.node);
    const Cost base = next.label - price_[next.node];
    // In the hole's own case the seat to close is the hole.
    const std::size_t seats = members_[next.node] + (next.node == post ? 1 : 0);
    if (seats > 0) reach(pool_, base - seat_cost(next.node, seats - 1), {next.node, kNone});
    for (const std::uint32_t index : in_[next.node]) {
      const Gate& gate = gates_[index];
      if (gate.best == kNone || settled_[gate.from] == stamp_) continue;
      reach(gate.from, base + gate.cost + price_[gate.from], {next.node, gate.best});
    }
  }
  for (const Node node : done_) price_[node] += label_[pool_] - label_[node];

  std::vector<std::pair<Slot, Node>> moves;
  const std::size_t before = members_[post];
  for (Node node = pool_; node != post;) {
    const Step& step = step_[node];
    if (step.slot != kNone) moves.emplace_back(step.slot, step.node);
    node = step.node;
  }
  for (const auto& [mover, to] : moves) move(mover, to);
  return members_[post] > before;
}

// A responder in no place: finds the cheapest way to take them in, be it the pool. Searches
// forwards.
template <std::size_t N>
void NetworkOf<N>::place_new(Slot slot) {
  const auto& places = ground_.kind(people_[slot].kind).places;
  Cost price;  // of the responder: the least that makes their own arcs cost at least 0
  std::vector<Cost> costs;
  costs.reserve(places.size());
  for (const Node node : places) {
    costs.push_back(cost(terms(slot, node)));
    price = std::max(price, price_[node] - costs.back());
  }
  if (price == Cost{}) {
    arrive(slot, pool_);
    return;
  }
  begin_search();
  reach(pool_, price, {kNone, slot});
  for (std::size_t i = 0; i < places.size(); ++i)
    reach(places[i], costs[i] + price - price_[places[i]], {kNone, slot});
  while (true) {
    const Queued next = queue_.front();
    std::pop_heap(queue_.begin(), queue_.end(), std::greater<>{});
    queue_.pop_back();
    if (next.node == pool_) break;
    if (settled_[next.node] == stamp_) continue;
    settled_[next.node] = stamp_;
    done_.push_back(next.node);
    const Cost base = next.label + price_[next.node];
    if (members_[next.node] < opened_[next.node])
      reach(pool_, base + seat_cost(next.node, members_[next.node]), {next.node, kNone});
    for (const std::uint32_t index : out_[next.node]) {
      const Gate& gate = gates_[index];
      if (gate.best == kNone || settled_[gate.to] == stamp_) continue;
      reach(gate.to, base + gate.cost - price_[gate.to], {next.node, gate.best});
    }
  }
  for (const Node node : done_) price_[node] -= label_[pool_] - label_[node];

  std::vector<std::pair<Slot, Node>> moves;
  Node home = pool_;
  for (Node node = pool_; node != kNone;) {
    const Step& step = step_[node];
    if (step.node == kNone)
      home = node;
    else if (step.slot != kNone)
      moves.emplace_back(step.slot, node);
    node = step.node;
  }
  for (const auto& [mover, to] : moves) move(mover, to);
  if (home != pool_) moved_.push_back({slot, pool_, home});
  arrive(slot, home);
}

template <std::size_t N>
void NetworkOf<N>::open(std::vector<Person> people) {
  people_ = std::move(people);
  at_.assign(people_.size(), kNone);
  generation_.assign(people_.size(), 0);
  waiting_.resize(ground_.kinds());
  for (Slot slot = 0; slot < people_.size(); ++slot) arrive(slot, pool_);
  // The dearest prices at which nobody is better off out of the pool.
  for (Node post = 0; post < pool_; ++post)
    if (const auto& row = gate_of_[pool_]; !row.empty() && row[post] != kNone)
      price_[post] = gates_[row[post]].cost;

  // Seat by seat, most important first, so that hardly any seat filled is emptied again.
  std::vector<Node> order(pool_);
  for (Node post = 0; post < pool_; ++post) order[post] = post;
  for (Node begin = 0; begin < pool_;) {
    Node end = begin;
    while (end < pool_ && places_[end].level == places_[begin].level) ++end;
    for (const bool minimum : {true, false})
      for (Node post = begin; post < end; ++post) {
        const auto limit =
            static_cast<std::size_t>(minimum ? places_[post].minimum : places_[post].count);
        while (opened_[post] < limit) {
          ++opened_[post];
          // A seat that is not worth its price is left open, and so are those like it.
          if (members_[post] + 1 < opened_[post] ||
              seat_cost(post, members_[post]) + price_[post] >= Cost{} || !fill(post)) {
            opened_[post] = limit;
          }
        }
      }
    begin = end;
  }
}

template <std::size_t N>
void NetworkOf<N>::enter(Slot slot, Person person) {
  if (slot >= people_.size()) {
    people_.resize(slot + 1);
    at_.resize(slot + 1, kNone);
    generation_.resize(slot + 1, 0);
  }
  TOCSIN_ASSERT(at_[slot] == kNone && person.eta <= latest_);
  if (waiting_.size() < ground_.kinds()) waiting_.resize(ground_.kinds());
  people_[slot] = person;
  ++generation_[slot];
  place_new(slot);
}

template <std::size_t N>
void NetworkOf<N>::leave(Slot slot) {
  const Node left = at_[slot];
  TOCSIN_ASSERT(left != kNone);
  depart(slot);
  if (left == pool_) return;
  moved_.push_back({slot, left, pool_});
  fill(left);
}

}  // namespace

std::unique_ptr<Network> make_network(const Ground& ground, const Scale& scale) {
  const unsigned bits = scale.bits_needed();
  if (bits <= Wide<1>::kBits) return std::make_unique<NetworkOf<1>>(ground, scale);
  if (bits <= Wide<2>::kBits) return std::make_unique<NetworkOf<2>>(ground, scale);
  if (bits <= Wide<4>::kBits) return std::make_unique<NetworkOf<4>>(ground, scale);
  if (bits <= Wide<8>::kBits) return std::make_unique<NetworkOf<8>>(ground, scale);
  if (bits <= Wide<32>::kBits) return std::make_unique<NetworkOf<32>>(ground, scale);
  throw base::Fault(base::Exit::invalid, "the problem has too many different priorities to weigh",
                    "use fewer priorities: a handful is enough to say what matters most");
}

}  // namespace tocsin::allocation
