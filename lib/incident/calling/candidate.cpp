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
  return !person.was_asked() && person.status == Status::free && could_be_asked(state, index);
}

bool may_be_asked_again(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  return person.was_asked() && person.status == Status::stood_down && person.asked_post &&
         !state.is_relief(*person.asked_post) && could_be_asked(state, index);
}

}  // namespace tocsin::incident
