// Records at fixed times who is where in an incident. The report's "on time" counts the people who
// were there at that time, whoever holds the seat in the end.
#pragma once

#include <optional>
#include <vector>

#include "base/instant.h"
#include "drill/people/people.h"
#include "incident/state/state.h"

namespace tocsin::drill {

// Somebody who comes earlier than this before their shift waits for nothing or works too long, so
// they do not count as relief. Assumed.
inline constexpr base::Minutes kEarliest{120};

// Whether the person has arrived, not too early, for the seat that they hold.
bool is_at_post(const incident::State& state, const People& people, incident::PersonIndex person);

struct Look {
  base::Minutes at{0};            // from the declaration
  std::vector<int> present;       // by post: holders of a seat who are there
  int replies = 0;                // people who have answered
  std::size_t interruptions = 0;  // of the coordinator, so far
};

class Watch {
 public:
  // At every kStep up to `until`, and at the time of every seat.
  Watch(const incident::State& state, base::Minutes until);

  // Takes each look that is due before `now`. Everything before `now` must have happened.
  void look_before(base::Instant now, const incident::State& state, const People& people,
                   std::size_t interruptions);

  const std::vector<Look>& looks() const noexcept { return looks_; }
  const Look& at(base::Minutes time) const;  // `time` must be one of the fixed times

  static constexpr base::Minutes kStep{5};

 private:
  std::vector<base::Minutes> due_;
  std::vector<Look> looks_;
};

}  // namespace tocsin::drill
