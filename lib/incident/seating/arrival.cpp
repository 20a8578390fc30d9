#include "incident/seating/arrival.h"

#include <algorithm>
#include <cmath>

#include "callout/belief.h"

namespace tocsin::incident {

using base::Instant;
using callout::Journeys;

double minutes_between(Instant from, Instant to) {
  return std::chrono::duration<double, std::ratio<60>>(to - from).count();
}

bool is_on_the_ward(const Person& person) {
  return person.duty == roster::Duty::on_duty && person.answer == Answer::none;
}

bool is_held_back(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  return !person.arrived &&
         (person.status == Status::reserved ||
          (person.status == Status::assigned && state.is_relief(state.slots[person.slot].post)));
}

Instant set_out(const Person& person) {
  if (person.pinned) return person.pinned_at;
  const bool sent_for = person.expected != Instant{} && person.expected != person.when;
  return sent_for ? person.sent_for : person.answered;
}

base::Instant ready_at(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  const base::Minutes travel = state.roster[index].travel;
  if (person.arrived) return *person.arrived;
  if (person.status == Status::assigned && person.expected != base::Instant{})
    return person.expected;
  if (person.answer == Answer::coming || person.answer == Answer::later) return person.when;
  if (person.answer == Answer::last_resort) return person.answered + travel;
  if (person.duty == roster::Duty::on_duty) return state.declared_at + kWalk;
  return person.pinned_at +
         travel;  // at home and not asked: the coordinator's order sends for them
}

// A seat of a later shift waits for its time; one of the first shift is needed from the declaration
// on, which may lie ahead of a clock that was put back.
Instant arrival_for(const State& state, PersonIndex index, const Slot& slot, Instant now) {
  const Instant ready = ready_at(state, index);
  if (state.is_relief(slot.post)) return std::max(ready, state.at(slot.from));
  return is_held_back(state, index) ? std::max(ready, now + state.roster[index].travel) : ready;
}

base::Minutes planned_journey(base::Minutes travel) {
  return base::Minutes{
      static_cast<int>(std::ceil(Journeys{}.planned(static_cast<double>(travel.count()))))};
}

Instant planned_arrival(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  const Instant ready = ready_at(state, index);
  if (person.arrived || is_on_the_ward(person) || person.answer == Answer::later) return ready;
  const Instant from = set_out(person);
  if (ready <= from) return ready;
  return from + std::chrono::duration_cast<base::Milliseconds>(
                    std::chrono::duration<double, std::ratio<60>>(
                        Journeys{}.planned(minutes_between(from, ready))));
}

}  // namespace tocsin::incident
