// Whom the switchboard rings next, and why. Computed from the state: people on the phone list whom
// no other operator has taken, the most urgent first.
#pragma once

#include <string>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

// One call to one person, about all messages that wait for them.
struct Call {
  PersonIndex person = 0;
  std::vector<MessageIndex> messages;  // to read out, in this order; never empty
  bool asks = false;                   // an answer is needed; otherwise telling is enough
  std::uint64_t number = 0;            // under which an operator has it; 0: nobody was given it
  std::uint64_t contact = 0;           // that is rung, when it was given out: as in CallGiven
};

enum class Taken : std::uint8_t { leave_out, keep };  // numbers that another operator has taken

// First people who said yes, are needed in the first shift and do not know it. Then questions that
// may fill an open seat: by priority, then people who would be in time, then those not rung yet,
// then the nearest. Then other questions, and last people who only have to be told something.
std::vector<Call> calls(const State& state, base::Instant now, Taken taken = Taken::leave_out);

// What an operator says when the person picks up: the latest question, then the other messages.
std::vector<std::string> words_for(const State& state, const Call& call);

// Whether an operator rings the person. With `own`, another one than the operator of that call.
bool is_taken(const Person& person, base::Instant now, std::uint64_t own = 0);

// The number to ring: the first that works and is not known to be somebody else's. Empty when there
// is none. It must not be logged.
std::string number_of(const State& state, PersonIndex person);

// After this time the number may be given to another operator.
inline constexpr base::Minutes kCallTerm{3};

}  // namespace tocsin::incident
