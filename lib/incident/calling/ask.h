// Who is asked next, and what follows silence: waves sized by the forecast; reminders, the next
// channel, in the end a human with a telephone. Pure: says what to issue, issues nothing.
#pragma once

#include <vector>

#include "base/random.h"
#include "callout/recourse.h"
#include "incident/seating/pool.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// A new forecast, and the next wave by it; or first, if there are any, those who did not come.
std::vector<Body> ask(const State& state, const Pool& pool, base::Instant now, base::Random& ids,
                      callout::Recourses& recourses);

struct Escalation {
  std::vector<Body> events;
  // When somebody's silence next calls for something; absent when nobody is being waited for.
  std::optional<base::Instant> next;
};
Escalation escalate(const State& state, base::Instant now, base::Random& ids);

}  // namespace tocsin::incident
