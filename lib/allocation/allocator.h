// An allocation that stays optimal while responders come, go and change their minds. After every
// call the objective equals that of solve() on the same posts and responders. Among equally good
// allocations it keeps the one it has. One call re-optimises along one or two shortest paths.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "allocation/problem.h"
#include "allocation/solution.h"

namespace tocsin::allocation {

// What one call changed for one responder; absent means no post.
struct Move {
  ResponderId responder;
  std::optional<PostId> from;
  std::optional<PostId> to;

  friend bool operator==(const Move&, const Move&) = default;
};

class Allocator {
 public:
  // Faults as solve(). The posts cannot change later: for other posts make another Allocator.
  explicit Allocator(const Problem& problem);
  ~Allocator();
  Allocator(Allocator&&) noexcept;
  Allocator& operator=(Allocator&&) noexcept;

  // Each returns all who moved, including the responder named, ordered by responder id. `add` takes
  // an id that is not in the allocation yet; `remove`, `change` and `set_told` one that is.
  std::vector<Move> add(const Responder& responder);
  std::vector<Move> remove(const ResponderId& id);
  std::vector<Move> change(const Responder& responder);
  std::vector<Move> set_told(const ResponderId& id, std::optional<PostId> told);

  // Null when there is no such responder; valid until the next call that is not const.
  const Responder* find(const ResponderId& id) const;
  std::optional<PostId> post_of(const ResponderId& id) const;
  std::size_t filled(const PostId& post) const;
  std::size_t size() const noexcept;  // responders

  // Takes time linear in responders: call it for a result, not after every reply.
  Solution solution() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::allocation
