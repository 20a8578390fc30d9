// When people arrive: by their own estimate, and as a plan should expect it. tocsin-forecast(7)
// explains journeys and their spread.
#pragma once

#include "incident/state/state.h"

namespace tocsin::incident {

// How long somebody on duty takes to walk to their post. Assumed.
inline constexpr base::Minutes kWalk{5};

double minutes_between(base::Instant from, base::Instant to);

// Whether they are on duty and were not asked for anything, so that they come from their ward.
bool is_on_the_ward(const Person& person);

// Whether the person is at home and told to stay there for now: in reserve, or with a seat in a
// later shift.
bool is_held_back(const State& state, PersonIndex person);

// Since when they are on their way: their yes, or a later message that sent for them.
base::Instant set_out(const Person& person);

// When somebody is, or would be, on site and free to work.
base::Instant ready_at(const State& state, PersonIndex person);

// When they would be there if they were given a seat of this slot now. The pool plans from the same
// times, so that being given a seat makes nobody later in its eyes.
base::Instant arrival_for(const State& state, PersonIndex person, const Slot& slot,
                          base::Instant now);

// The arrival to plan with: later than they say, so that nearly everybody is there by then.
base::Instant planned_arrival(const State& state, PersonIndex person);
base::Minutes planned_journey(base::Minutes travel);

}  // namespace tocsin::incident
