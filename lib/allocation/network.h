// The allocation as a flow of least cost, kept optimal by one shortest path a step. The graph to
// search has a node for each post and one for the pool, not one for each responder: the arc u → v
// is the best responder who is at u and could be at v. Internal to this folder; network.cpp says
// why it is optimal.
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
    PersonIndex who;
    Node from;
    Node to;
  };

  virtual ~Network() = default;

  // Where those are who hold no post.
  virtual Node pool() const noexcept = 0;
  virtual Node at(PersonIndex who) const noexcept = 0;
  virtual std::size_t filled(Node post) const noexcept = 0;
  virtual const Profile& profile_of(PersonIndex who) const noexcept = 0;

  // Optimises from nothing. Once, before anything else. Slots are 0 to people.size() - 1, in an
  // order that breaks ties: the lower goes first.
  virtual void open(const std::vector<Person>& people) = 0;
  // Into a who that is not in use.
  virtual void enter(PersonIndex who, Person person) = 0;
  virtual void leave(PersonIndex who) = 0;
  // The responder in the who comes later, and all else stays. False, and nothing changes, when
  // somebody may have to move for it.
  virtual bool delay(PersonIndex who, Person person) = 0;

  // Who moved since the last clear, in order; entering counts as from the pool, leaving as to it.
  const std::vector<Moved>& moved() const noexcept { return moved_; }
  void clear_moved() noexcept { moved_.clear(); }

 protected:
  std::vector<Moved> moved_;
};

// Faults: Exit::invalid when the scale needs more than 2,048 bits. `ground` and `scale` must
// outlive it.
std::unique_ptr<Network> make_network(const Ground& ground, const Scale& scale);

}  // namespace tocsin::allocation
