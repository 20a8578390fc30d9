// Whom the switchboard rings next, and about what. Derived from the state: whoever is on the phone
// list and whom no other operator has taken, most urgent first.
#pragma once

#include <string>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

// One ring at one person, however many messages wait for them.
struct Call {
  PersonIndex person = 0;
  std::vector<MessageIndex> messages;  // to be read out, in this order; never empty
  bool asks = false;                   // an answer is wanted; else it is enough to have said it
};

enum class Taken : std::uint8_t { leave_out, keep };  // by another operator, for the time being

// First whoever said yes, is wanted in the first shift and has not heard so. Then questions that
// may fill an open seat: by priority, who would still be in time before who would not, who was not
// rung yet before who did not pick up, the nearest first. Then other questions, then what is only
// to be said.
std::vector<Call> calls(const State& state, base::Instant now, Taken taken = Taken::leave_out);

// What an operator says when they pick up: the latest question, then what else waits for them.
std::vector<std::string> words_for(const State& state, const Call& call);

// That what waits for this person, except a question, was said.
std::vector<Body> told(const State& state, PersonIndex person);

// The number to ring: the first that works. Empty when there is none. Never to be logged.
std::string number_of(const State& state, PersonIndex person);

// An operator has this long before the number goes to somebody else.
inline constexpr base::Minutes kCallTerm{3};

}  // namespace tocsin::incident
