#include "incident/calling/candidate.h"

#include "incident/state/reach.h"

namespace tocsin::incident {

namespace {

bool could_be_asked(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  return state.roster[index].is_active() && person.answer == Answer::none && !person.left &&
         !person.arrived && person.duty != roster::Duty::on_duty &&
         person.duty != roster::Duty::absent && !person.pinned &&
         next_channel(state, index).has_value();
}

}  // namespace

bool is_candidate(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  // Whoever was never asked was stood down because they were taken to be on duty.
  const bool is_free = person.status == Status::free || person.status == Status::stood_down;
  return !person.was_asked() && is_free && could_be_asked(state, index);
}

bool may_be_asked_again(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  return person.was_asked() && person.status == Status::stood_down && person.asked_post &&
         !state.is_relief(*person.asked_post) && could_be_asked(state, index);
}

}  // namespace tocsin::incident
