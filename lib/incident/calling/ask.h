// Who is asked next, and what follows silence: waves sized by the forecast, reminders, the next
// channel, and in the end a person with a telephone. Pure: returns what to issue and issues
// nothing.
#pragma once

#include <vector>

#include "base/random.h"
#include "callout/recourse.h"
#include "incident/seating/pool.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// A new forecast and the wave that it asks for. When there are people who did not come, only those.
std::vector<Body> ask(const State& state, const Pool& pool, base::Instant now, base::Random& ids,
                      callout::Recourses& recourses);

struct Escalation {
  std::vector<Body> events;
  // When somebody's silence next has a consequence; absent when nobody is waited for.
  std::optional<base::Instant> next;
};
Escalation escalate(const State& state, base::Instant now, base::Random& ids);

}  // namespace tocsin::incident
