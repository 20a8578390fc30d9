#include "allocation/allocator.h"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "allocation/ground.h"
#include "allocation/network.h"
#include "allocation/reason.h"
#include "allocation/scale.h"
#include "base/fault.h"

namespace tocsin::allocation {

namespace {

// The scale has room for arrivals within a day, even when nobody has answered yet.
constexpr std::int64_t kUsualLatest = 24 * 60;

std::int64_t latest_of(std::span<const Post> posts, std::span<const Responder> responders) {
  std::int64_t latest = kUsualLatest;
  for (const Post& post : posts) latest = std::max(latest, std::int64_t{post.from.count()});
  for (const Responder& responder : responders)
    latest = std::max(latest, std::int64_t{responder.eta.count()});
  return latest;
}

}  // namespace

class Allocator::Impl {
 public:
  explicit Impl(const Problem& problem) : posts_(problem.posts) {
    build(problem.responders, latest_of(problem.posts, problem.responders));
  }

  std::vector<Move> add(const Responder& responder);
  std::vector<Move> remove(const ResponderId& id);
  std::vector<Move> change(const Responder& responder);

  const Responder* find(const ResponderId& id) const {
    const auto found = index_of_.find(id);
    return found == index_of_.end() ? nullptr : &responders_[found->second];
  }
  std::optional<PostId> post_of(const ResponderId& id) const {
    const auto found = index_of_.find(id);
    return found == index_of_.end() ? std::nullopt : post_at(network_->at(found->second));
  }
  std::size_t filled(const PostId& post) const {
    const auto node = ground_->node_of(post);
    return node ? network_->filled(*node) : 0;
  }
  std::size_t size() const noexcept { return index_of_.size(); }
  Solution solution() const;

 private:
  void build(std::vector<Responder> responders, std::int64_t latest);
  std::vector<Responder> everyone() const;
  std::vector<Move> rebuild(std::vector<Responder> responders);
  std::vector<Move> take_moves();
  std::optional<PostId> post_at(Node node) const {
    if (node == network_->pool()) return std::nullopt;
    return posts_[ground_->post_index(node)].id;
  }
  std::vector<Unfilled> unfilled() const;
  std::vector<Able> whereabouts(const std::vector<bool>& of_interest) const;

  std::vector<Post> posts_;
  std::vector<Responder> responders_;  // by person; out of date for an index in free_
  std::unordered_map<ResponderId, PersonIndex> index_of_;
  std::vector<PersonIndex> free_;
  std::unique_ptr<Ground> ground_;
  std::unique_ptr<Scale> scale_;
  std::unique_ptr<Network> network_;
};

void Allocator::Impl::build(std::vector<Responder> responders, std::int64_t latest) {
  std::sort(responders.begin(), responders.end(),
            [](const Responder& a, const Responder& b) { return a.id < b.id; });
  responders_ = std::move(responders);
  index_of_.clear();
  free_.clear();
  network_.reset();
  ground_ = std::make_unique<Ground>(posts_);
  scale_ = std::make_unique<Scale>(*ground_, latest);
  network_ = make_network(*ground_, *scale_);
  std::vector<Person> people;
  people.reserve(responders_.size());
  for (const Responder& responder : responders_) {
    const bool is_new =
        index_of_.emplace(responder.id, static_cast<PersonIndex>(people.size())).second;
    TOCSIN_ASSERT(is_new);
    people.push_back(ground_->person(responder));
  }
  network_->open(people);
  network_->clear_moved();
}

std::vector<Responder> Allocator::Impl::everyone() const {
  std::vector<Responder> result;
  result.reserve(index_of_.size() + 1);
  for (const auto& [id, who] : index_of_) result.push_back(responders_[who]);
  return result;
}

// For somebody who arrives later than the scale has room for: makes a larger scale and solves
// again.
std::vector<Move> Allocator::Impl::rebuild(std::vector<Responder> responders) {
  std::unordered_map<ResponderId, std::optional<PostId>> before;
  for (const auto& [id, who] : index_of_) before.emplace(id, post_at(network_->at(who)));
  const std::int64_t latest = 2 * latest_of(posts_, responders);
  build(std::move(responders), latest);
  std::vector<Move> moves;
  for (PersonIndex who = 0; who < responders_.size(); ++who) {
    const ResponderId& id = responders_[who].id;
    const auto found = before.find(id);
    Move move{id, found == before.end() ? std::nullopt : found->second, post_at(network_->at(who))};
    if (move.from != move.to) moves.push_back(std::move(move));
  }
  return moves;
}

std::vector<Move> Allocator::Impl::take_moves() {
  struct Net {
    Node from;
    Node to;
  };
  std::map<PersonIndex, Net> net;
  for (const Network::Moved& moved : network_->moved())
    net.try_emplace(moved.who, Net{moved.from, moved.to}).first->second.to = moved.to;
  network_->clear_moved();
  std::vector<Move> moves;
  for (const auto& [who, ends] : net)
    if (ends.from != ends.to)
      moves.push_back({responders_[who].id, post_at(ends.from), post_at(ends.to)});
  std::sort(moves.begin(), moves.end(),
            [](const Move& a, const Move& b) { return a.responder < b.responder; });
  return moves;
}

std::vector<Move> Allocator::Impl::add(const Responder& responder) {
  TOCSIN_ASSERT(!index_of_.contains(responder.id));
  if (responder.eta.count() > scale_->latest) {
    auto responders = everyone();
    responders.push_back(responder);
    return rebuild(std::move(responders));
  }
  PersonIndex who = static_cast<PersonIndex>(responders_.size());
  if (free_.empty()) {
    responders_.push_back(responder);
  } else {
    who = free_.back();
    free_.pop_back();
    responders_[who] = responder;
  }
  index_of_.emplace(responder.id, who);
  network_->enter(who, ground_->person(responder));
  return take_moves();
}

std::vector<Move> Allocator::Impl::remove(const ResponderId& id) {
  const auto found = index_of_.find(id);
  TOCSIN_ASSERT(found != index_of_.end());
  const PersonIndex who = found->second;
  network_->leave(who);
  auto moves = take_moves();
  index_of_.erase(found);
  free_.push_back(who);
  return moves;
}

std::vector<Move> Allocator::Impl::change(const Responder& responder) {
  const auto found = index_of_.find(responder.id);
  TOCSIN_ASSERT(found != index_of_.end());
  const PersonIndex who = found->second;
  if (responders_[who] == responder) return {};
  responders_[who] = responder;
  if (responder.eta.count() > scale_->latest) return rebuild(everyone());
  const Person person = ground_->person(responder);
  if (network_->delay(who, person)) return {};
  network_->leave(who);
  network_->enter(who, person);
  return take_moves();
}

Solution Allocator::Impl::solution() const {
  Solution solution;
  std::vector<std::pair<Node, PersonIndex>> held;
  for (const auto& [id, who] : index_of_)
    if (network_->at(who) != network_->pool()) held.emplace_back(network_->at(who), who);
  const auto arrival = [&](const std::pair<Node, PersonIndex>& entry) {
    return std::max(responders_[entry.second].eta, posts_[ground_->post_index(entry.first)].from);
  };
  std::sort(held.begin(), held.end(), [&](const auto& a, const auto& b) {
    return std::make_tuple(a.first, arrival(a), std::cref(responders_[a.second].id)) <
           std::make_tuple(b.first, arrival(b), std::cref(responders_[b.second].id));
  });
  solution.assignments.reserve(held.size());
  for (const auto& entry : held) {
    const Post& post = posts_[ground_->post_index(entry.first)];
    const Minutes arrives = arrival(entry);
    solution.assignments.push_back(
        {responders_[entry.second].id, post.id, arrives, !post.by || arrives <= *post.by});
  }
  solution.unfilled = unfilled();
  solution.objective = objective_of({posts_, everyone()}, solution.assignments);
  return solution;
}

std::vector<Unfilled> Allocator::Impl::unfilled() const {
  std::vector<bool> empty_seats(network_->pool(), false);
  bool any = false;
  for (Node node = 0; node < network_->pool(); ++node) {
    empty_seats[node] =
        static_cast<std::int64_t>(network_->filled(node)) < ground_->nodes()[node].count;
    any = any || empty_seats[node];
  }
  if (!any) return {};
  const auto able = whereabouts(empty_seats);
  Known known;
  for (const auto& [id, who] : index_of_) known.add(responders_[who]);
  std::vector<Unfilled> result;
  for (Node node = 0; node < network_->pool(); ++node) {
    if (!empty_seats[node]) continue;
    const Post& post = posts_[ground_->post_index(node)];
    result.push_back({post.id, post.count - static_cast<std::int64_t>(network_->filled(node)),
                      reason_unfilled(post, able[node], known)});
  }
  return result;
}

std::vector<Able> Allocator::Impl::whereabouts(const std::vector<bool>& of_interest) const {
  std::vector<Able> able(network_->pool());
  for (const auto& [id, who] : index_of_) {
    const Responder& responder = responders_[who];
    const Node at = network_->at(who);
    const auto& open = network_->profile_of(who).nodes;
    for (const Node node : open) {
      if (!of_interest[node] || at == network_->pool()) continue;
      if (at == node)
        ++able[node].here;
      else if (ground_->nodes()[at].level < ground_->nodes()[node].level)
        ++able[node].higher_priority;
      else
        ++able[node].same_priority;
    }
    if (!responder.fixed && responder.barred.empty()) continue;
    for (Node node = 0; node < network_->pool(); ++node)
      if (of_interest[node] && !std::binary_search(open.begin(), open.end(), node) &&
          is_able(responder, posts_[ground_->post_index(node)]))
        ++able[node].kept_away;
  }
  return able;
}

Allocator::Allocator(const Problem& problem) : impl_(std::make_unique<Impl>(problem)) {}
Allocator::~Allocator() = default;
Allocator::Allocator(Allocator&&) noexcept = default;
Allocator& Allocator::operator=(Allocator&&) noexcept = default;

std::vector<Move> Allocator::add(const Responder& responder) { return impl_->add(responder); }
std::vector<Move> Allocator::remove(const ResponderId& id) { return impl_->remove(id); }
std::vector<Move> Allocator::change(const Responder& responder) { return impl_->change(responder); }
std::vector<Move> Allocator::set_told(const ResponderId& id, std::optional<PostId> told) {
  const Responder* found = impl_->find(id);
  TOCSIN_ASSERT(found != nullptr);
  Responder responder = *found;
  responder.told = std::move(told);
  return impl_->change(responder);
}
const Responder* Allocator::find(const ResponderId& id) const { return impl_->find(id); }
std::optional<PostId> Allocator::post_of(const ResponderId& id) const { return impl_->post_of(id); }
std::size_t Allocator::filled(const PostId& post) const { return impl_->filled(post); }
std::size_t Allocator::size() const noexcept { return impl_->size(); }
Solution Allocator::solution() const { return impl_->solution(); }

}  // namespace tocsin::allocation
