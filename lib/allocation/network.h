// The allocation as a flow of least cost, kept optimal by one shortest path a step. The graph to
// search has a node for each post and one for the pool, not one for each responder: the arc u → v
// is the best responder who is at u and could be at v. Internal to this folder; network.cpp has the
// workings.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "allocation/ground.h"
#include "allocation/scale.h"

namespace tocsin::allocation {

class Network {
 public:
  struct Moved {
    Slot slot;
    Node from;
    Node to;
  };

  virtual ~Network() = default;

  Node pool() const noexcept { return pool_; }
  // The post that a responder holds, pool() when none.
  Node at(Slot slot) const noexcept { return at_[slot]; }
  virtual const Kind& kind_of(Slot slot) const = 0;
  std::size_t filled(Node post) const noexcept { return members_[post]; }

  // Optimises from nothing. Once, before anything else. Slots are 0 to people.size() - 1 in an
  // order that breaks ties: the lower goes first.
  virtual void open(std::vector<Person> people) = 0;
  // A slot that is not in use.
  virtual void enter(Slot slot, Person person) = 0;
  virtual void leave(Slot slot) = 0;

  // Who moved since the last clear; the same slot may move twice. Entering and leaving count from
  // and to the pool.
  const std::vector<Moved>& moved() const noexcept { return moved_; }
  void clear_moved() noexcept { moved_.clear(); }

 protected:
  explicit Network(Node pool) : pool_(pool), members_(std::size_t{pool} + 1, 0) {}
  Node pool_;
  std::vector<Node> at_;              // by slot; kNone when the slot is not in use
  std::vector<std::size_t> members_;  // by node
  std::vector<Moved> moved_;
};

// Faults: Exit::invalid when the scale needs more than 2,048 bits. `ground` and `scale` must
// outlive it.
std::unique_ptr<Network> make_network(const Ground& ground, const Scale& scale);

}  // namespace tocsin::allocation
