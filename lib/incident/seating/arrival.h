// When people are where they are needed: by their own word, and as one may plan on it. Journeys and
// their spread: tocsin-forecast(7).
#pragma once

#include "incident/state/state.h"

namespace tocsin::incident {

// How long somebody who is on duty needs to walk to their post. Assumed.
inline constexpr base::Minutes kWalk{5};

double minutes_between(base::Instant from, base::Instant to);

// On duty, and not asked for anything else: they come from their ward.
bool is_on_the_ward(const Person& person);

// At home, and told to stay there for now: in reserve, or with a seat in a later shift.
bool is_held_back(const State& state, PersonIndex person);

// From when they count as on their way: their word, or the message that sent for them later.
base::Instant set_out(const Person& person);

// When somebody is, or would be, on the site and free to work.
base::Instant ready_at(const State& state, PersonIndex person);

// When to plan on somebody: later than they say, so that nearly all are there by then.
base::Instant planned_arrival(const State& state, PersonIndex person);
base::Minutes planned_journey(base::Minutes travel);

}  // namespace tocsin::incident
