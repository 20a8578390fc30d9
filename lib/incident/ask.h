// Who is asked next, and what follows silence: waves sized by the forecast; reminders, the next
// channel, in the end a human with a telephone. Pure: says what to issue, issues nothing.
#pragma once

#include <vector>

#include "base/random.h"
#include "callout/recourse.h"
#include "incident/pool.h"
#include "incident/state.h"

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

// How long an answer to this request is waited for on one channel.
base::Minutes answer_window(const State& state, std::optional<PostIndex> post);

// Their silence still means something: a message waits for its answer, or a channel is left to try.
bool may_still_answer(const State& state, PersonIndex person, base::Instant now);

// Nobody is asked to answer later than this after they were asked.
inline constexpr base::Minutes kMessageLife{12 * 60};

}  // namespace tocsin::incident
