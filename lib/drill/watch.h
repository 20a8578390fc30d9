// Looks at an incident from outside at set times and writes down who stands where: the report's
// "on time" is what stood there at that time, whoever sits there in the end.
#pragma once

#include <optional>
#include <vector>

#include "base/instant.h"
#include "drill/people.h"
#include "incident/state/state.h"

namespace tocsin::drill {

// Whoever comes longer than this before their shift begins waits for nothing, or works a shift too
// long: they have not relieved anybody. Assumed.
inline constexpr base::Minutes kEarliest{120};

// True when the person has arrived and is of use in the seat that they hold.
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

  // Takes each look whose time has come before `now`; everything up to then has happened.
  void look_before(base::Instant now, const incident::State& state, const People& people,
                   std::size_t interruptions);

  const std::vector<Look>& looks() const noexcept { return looks_; }
  const Look& at(base::Minutes time) const;  // one of the times that were looked at

  static constexpr base::Minutes kStep{5};

 private:
  std::vector<base::Minutes> due_;
  std::vector<Look> looks_;
};

}  // namespace tocsin::drill
