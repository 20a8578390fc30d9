// The allocation as a flow of least cost, kept optimal by one shortest path for each change. The
// graph has a node for each post and one for the pool, but none for responders: the arc u → v is
// the best responder who is at u and can be at v. Internal to this folder. network.cpp proves that
// the allocation is optimal.
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

  // The node of the responders who hold no post.
  virtual Node pool() const noexcept = 0;
  virtual Node at(PersonIndex who) const noexcept = 0;
  virtual std::size_t filled(Node post) const noexcept = 0;
  virtual const Profile& profile_of(PersonIndex who) const noexcept = 0;

  // Makes the first allocation. Call it once, before anything else. Person i of `people` gets index
  // i; of equally good people the lower index goes first.
  virtual void open(const std::vector<Person>& people) = 0;
  // The index must not be in use.
  virtual void enter(PersonIndex who, Person person) = 0;
  virtual void leave(PersonIndex who) = 0;
  // The responder comes later than they said, and is otherwise the same. Returns false and changes
  // nothing when the best allocation might change.
  virtual bool delay(PersonIndex who, Person person) = 0;

  // All moves since the last clear, in order. Whoever enters comes from the pool, and whoever
  // leaves goes to it.
  const std::vector<Moved>& moved() const noexcept { return moved_; }
  void clear_moved() noexcept { moved_.clear(); }

 protected:
  std::vector<Moved> moved_;
};

// Faults (Exit::invalid) when the scale needs more than 2,048 bits. `ground` and `scale` must
// outlive the network.
std::unique_ptr<Network> make_network(const Ground& ground, const Scale& scale);

}  // namespace tocsin::allocation
