// What the checker holds of the switchboard: calls in hand, questions on its list, wrong numbers.
#include <fmt/format.h>

#include "incident/calling/calls.h"
#include "simulation/checker.h"

namespace tocsin::simulation {

using incident::PersonIndex;
using incident::State;

// What an operator has in hand nobody else closes, unless the person knows it.
std::string Checker::check_hands(const State& state) const {
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    for (const auto& [number, call] : record_.life(p).calls) {
      if (!record_.is_held(call) || !record_.has_number_left(p)) continue;
      for (const seal::MessageId& id : call.messages) {
        const incident::MessageIndex given = *state.message_index(id);
        incident::MessageIndex newest = given;
        while (state.messages[newest].again) newest = *state.messages[newest].again;
        const bool is_open = state.messages[given].asks()
                                 ? state.silent.contains(p) && state.people[p].request == given
                                 : state.untold.contains(newest);
        if (is_open && !state.phone_list.contains(given))
          return fmt::format("{}: what {} has in hand is closed by another", hospital_.id(p).str(),
                             call.holder);
      }
    }
  return "";
}

// Whoever was put on the switchboard's list with a question is rung, by another number after a
// wrong one, until they did not pick up twice.
std::string Checker::check_questions(const State& state) const {
  for (const PersonIndex p : state.silent) {
    const incident::MessageIndex question = *state.people[p].request;
    const Life& life = record_.life(p);
    if (state.messages[question].channel == incident::kPhone && record_.has_number_left(p) &&
        life.unanswered < incident::kMostPhoneTries && !life.is_posted && life.decisions.empty() &&
        !state.phone_list.contains(question))
      return hospital_.id(p).str() + " is asked by telephone, and nobody rings";
  }
  return "";
}

// Nobody is nudged at a number that is known to be somebody else's.
std::string Checker::check_nudges() {
  for (; nudged_ < pager_.sent.size(); ++nudged_) {
    const Post::Sent& one = pager_.sent[nudged_];
    if (record_.is_known_wrong(one.person, one.address))
      return hospital_.id(one.person).str() + " is nudged at a number that is known to be wrong";
  }
  return "";
}

}  // namespace tocsin::simulation
