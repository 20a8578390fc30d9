// Why the allocation stays optimal. Each node has a price. The reduced cost of an arc u → v is
// cost + price(u) - price(v). The prices keep every reduced cost of the residual graph at 0 or
// more; then no cycle improves the allocation. The pool's price is 0. One responder more, one less,
// or one seat more is one unit of flow along one shortest path by reduced costs (Dijkstra). After
// that, each node that the search settled changes its price by the length of the path less its own
// distance.
//
// Arcs. A responder makes an arc u → v between posts or the pool. Opening a post's next seat makes
// an arc post → pool; closing its last filled seat makes an arc pool → post.
//
// Why prices stay small. A post with a filled seat has an arc to the pool and one from it, so its
// price is within the cost of one move in either direction. A price rises only on a post that has
// somebody in it or is about to be filled. It falls only where an arc to the pool remains. So all
// prices stay within the cost of one move; scale.h relies on this.

#include "allocation/network.h"

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include "allocation/gates.h"
#include "base/fault.h"

namespace tocsin::allocation {

namespace {

template <std::size_t N>
class NetworkOf final : public Network {
 public:
  using Cost = Wide<N>;

  NetworkOf(const Ground& ground, const Scale& scale);

  Node pool() const noexcept override { return pool_; }
  Node at(PersonIndex who) const noexcept override { return gates_.at(who); }
  std::size_t filled(Node post) const noexcept override { return gates_.members(post); }
  const Profile& profile_of(PersonIndex who) const noexcept override {
    return gates_.profile_of(who);
  }

  void open(const std::vector<Person>& people) override;
  void enter(PersonIndex who, Person person) override;
  void leave(PersonIndex who) override;
  bool delay(PersonIndex who, Person person) override;

 private:
  struct Queued {
    Cost label;
    Node node;
    friend bool operator>(const Queued& a, const Queued& b) {
      return a.label != b.label ? a.label > b.label : a.node > b.node;
    }
  };

  Cost seat_cost(Node post, std::size_t index) const {
    const PostNode& node = nodes_[post];
    return seat_[2 * node.level + (static_cast<std::int64_t>(index) < node.minimum ? 0 : 1)];
  }

  void begin_search(const Cost& to_pool, Node last);
  void reach(Node node, const Cost& label, Node step);
  void reach_pool(const Cost& label, Node step);
  bool settle_next();
  bool fill(Node post);
  void take_in(PersonIndex who);
  void move(PersonIndex who, Node to);

  const std::span<const PostNode> nodes_;
  const std::int64_t latest_;
  Gates<N> gates_;
  const Node pool_;
  std::vector<Cost> seat_;           // cost by class of seat (scale.h); below 0
  std::vector<std::size_t> opened_;  // seats that may be filled, by post
  std::vector<Cost> price_;

  // One search, which ends at the pool. label_ is the distance of a node, step_ the node before it
  // on the path (kNone where the search began).
  std::vector<Cost> label_;
  std::vector<Node> step_;
  bool by_seat_ = false;  // whether the pool was reached by a seat, not a responder
  std::vector<Queued> queue_;
  std::vector<Node> settled_;
  std::vector<std::pair<PersonIndex, Node>> moves_;
};

template <std::size_t N>
NetworkOf<N>::NetworkOf(const Ground& ground, const Scale& scale)
    : nodes_(ground.nodes()),
      latest_(scale.latest),
      gates_(ground, scale),
      pool_(gates_.pool()),
      seat_(2 * std::size_t{ground.levels()}),
      opened_(nodes_.size(), 0),
      price_(nodes_.size() + 1),
      label_(nodes_.size() + 1),
      step_(nodes_.size() + 1) {
  // Extra seats of the lowest level are worth one unit; each class above is worth one unit more.
  Cost worth;
  for (std::size_t rank = seat_.size(); rank-- > 0;)
    seat_[rank] = worth -= Cost::power(scale.seat[rank / 2]);
}

// Begins with a known path to the pool. Its length is every node's first label, because a node that
// is farther away is of no use.
template <std::size_t N>
void NetworkOf<N>::begin_search(const Cost& to_pool, Node last) {
  std::fill(label_.begin(), label_.end(), to_pool);
  queue_.clear();
  settled_.clear();
  step_[pool_] = last;
  by_seat_ = last != kNone;
}

// The path ends at the pool, so a node that is not nearer than the pool is left out.
template <std::size_t N>
void NetworkOf<N>::reach(Node node, const Cost& label, Node step) {
  if (label >= label_[node] || label >= label_[pool_]) return;
  label_[node] = label;
  step_[node] = step;
  if (node == pool_) {
    by_seat_ = false;
    return;
  }
  queue_.push_back({label, node});
  std::push_heap(queue_.begin(), queue_.end(), std::greater<>{});
}

template <std::size_t N>
void NetworkOf<N>::reach_pool(const Cost& label, Node step) {
  if (label >= label_[pool_]) return;
  label_[pool_] = label;
  step_[pool_] = step;
  by_seat_ = true;
}

// Moves the nearest node to the end of settled_. False when no node is nearer than the pool.
template <std::size_t N>
bool NetworkOf<N>::settle_next() {
  while (!queue_.empty()) {
    const Queued next = queue_.front();
    std::pop_heap(queue_.begin(), queue_.end(), std::greater<>{});
    queue_.pop_back();
    if (next.label >= label_[pool_]) return false;
    if (next.label != label_[next.node]) continue;  // a shorter path was found later
    // A node settled twice would mean a negative reduced cost, and a search without end.
    TOCSIN_ASSERT(settled_.size() < nodes_.size());
    settled_.push_back(next.node);
    return true;
  }
  return false;
}

// Fills the first empty seat of `post` in the cheapest way: with somebody from the pool, or by
// closing another seat. Leaves it empty when that is cheapest. Searches backwards from the post.
// Returns whether the seat was filled.
template <std::size_t N>
bool NetworkOf<N>::fill(Node post) {
  const std::size_t before = gates_.members(post);
  begin_search(-seat_cost(post, before) - price_[post], post);
  reach(post, Cost{}, kNone);
  while (settle_next()) {
    const Node node = settled_.back();
    const Cost base = label_[node] - price_[node];
    if (const std::size_t seats = gates_.members(node); seats > 0)
      reach_pool(base - seat_cost(node, seats - 1), node);
    for (const auto& arc : gates_.arcs_to(node))
      reach(arc.other, base + arc.cost + price_[arc.other], node);
  }
  for (const Node node : settled_) price_[node] += label_[pool_] - label_[node];

  moves_.clear();
  for (Node node = pool_; node != post; node = step_[node])
    if (node != pool_ || !by_seat_)
      moves_.emplace_back(gates_.best(node, step_[node]), step_[node]);
  for (const auto& [who, to] : moves_) move(who, to);
  return gates_.members(post) > before;
}

// Finds the best node for a responder who is at none; it may be the pool. Searches forwards.
template <std::size_t N>
void NetworkOf<N>::take_in(PersonIndex who) {
  const auto& nodes = gates_.profile_of(who).nodes;
  Cost price;  // of the responder: the least with which no arc of theirs has a negative cost
  for (const Node node : nodes) price = std::max(price, price_[node] - gates_.cost_at(who, node));
  begin_search(price, kNone);
  for (const Node node : nodes)
    reach(node, gates_.cost_at(who, node) + price - price_[node], kNone);
  while (settle_next()) {
    const Node node = settled_.back();
    const Cost base = label_[node] + price_[node];
    if (const std::size_t seats = gates_.members(node); seats < opened_[node])
      reach_pool(base + seat_cost(node, seats), node);
    for (const auto& arc : gates_.arcs_from(node))
      reach(arc.other, base + arc.cost - price_[arc.other], node);
  }
  for (const Node node : settled_) price_[node] -= label_[pool_] - label_[node];

  moves_.clear();
  Node home = pool_;
  for (; step_[home] != kNone; home = step_[home])
    if (home != pool_ || !by_seat_) moves_.emplace_back(gates_.best(step_[home], home), home);
  for (const auto& [mover, to] : moves_) move(mover, to);
  if (home != pool_) moved_.push_back({who, pool_, home});
  gates_.arrive(who, home);
}

template <std::size_t N>
void NetworkOf<N>::move(PersonIndex who, Node to) {
  moved_.push_back({who, gates_.at(who), to});
  gates_.depart(who);
  gates_.arrive(who, to);
}

template <std::size_t N>
void NetworkOf<N>::open(const std::vector<Person>& people) {
  for (PersonIndex who = 0; who < people.size(); ++who) {
    gates_.take(who, people[who]);
    gates_.arrive(who, pool_);
  }
  // The highest prices with which no responder gains by leaving the pool.
  for (const auto& arc : gates_.arcs_from(pool_)) price_[arc.other] = arc.cost;

  // Fill the most important seats first, so that few of them are emptied again. Nodes are in order
  // of priority.
  for (Node begin = 0; begin < pool_;) {
    Node end = begin;
    while (end < pool_ && nodes_[end].level == nodes_[begin].level) ++end;
    for (const bool minimum : {true, false})
      for (Node post = begin; post < end; ++post) {
        const auto limit =
            static_cast<std::size_t>(minimum ? nodes_[post].minimum : nodes_[post].count);
        // A seat that is not worth its price stays empty, as would the next ones of its class.
        while (opened_[post] < limit) {
          const std::size_t seats = gates_.members(post);
          const bool wanted =
              seats == opened_[post] && seat_cost(post, seats) + price_[post] < Cost{};
          ++opened_[post];
          if (!wanted || !fill(post)) opened_[post] = limit;
        }
      }
    begin = end;
  }
}

template <std::size_t N>
void NetworkOf<N>::enter(PersonIndex who, Person person) {
  TOCSIN_ASSERT(gates_.at(who) == kNone && person.eta <= latest_);
  gates_.take(who, person);
  take_in(who);
}

template <std::size_t N>
void NetworkOf<N>::leave(PersonIndex who) {
  const Node left = gates_.at(who);
  TOCSIN_ASSERT(left != kNone);
  gates_.depart(who);
  if (left == pool_) return;
  moved_.push_back({who, left, pool_});
  fill(left);
}

// Somebody in the pool, or in a seat that begins even later, costs the same there as before, and no
// less anywhere else. No arc of theirs becomes cheaper, so the allocation stays optimal.
template <std::size_t N>
bool NetworkOf<N>::delay(PersonIndex who, Person person) {
  const Person before = gates_.person(who);
  const Node at = gates_.at(who);
  if (person.profile != before.profile || person.eta < before.eta) return false;
  if (at != pool_ && person.eta > std::max(before.eta, nodes_[at].from)) return false;
  gates_.depart(who);
  gates_.take(who, person);
  gates_.arrive(who, at);
  return true;
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
