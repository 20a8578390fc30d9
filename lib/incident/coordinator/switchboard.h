// What an operator at the switchboard does: takes the next number to ring, writes down what came of
// it, and, when no message goes through, rings through a list on paper. Orders and lists only;
// whoever calls appends them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "incident/calling/calls.h"
#include "incident/coordinator/order.h"
#include "incident/message/payload.h"

namespace tocsin::incident {

// The most urgent call that no other operator has, and the order that takes it for kCallTerm.
struct TakenCall {
  std::optional<Call> call;  // nullopt: nobody waits to be rung
  Order order;
};
TakenCall take_call(const State& state, base::Instant now);
// For another operator.
Order give_back(const State& state, PersonIndex person, base::Instant now);

// What waits to be asked or said to this person, whoever has the call.
std::optional<Call> call_for(const State& state, PersonIndex person, base::Instant now);

// "25" and "07:00" as an answer: how long somebody who is coming needs, from when somebody can come
// later. Either may be empty. Faults (usage) when it is no such time.
Reply reply_of(Answer answer, const std::string& eta, const std::string& from, base::Instant now);

// Nobody could be spoken to. `reason`: kNoAnswer or kWrongNumber.
Order unanswered(const State& state, PersonIndex person, std::string_view reason);
// What waited to be said to this person was said.
Order said(const State& state, PersonIndex person);

// A post with open seats, and who could hold it and has not been asked.
struct Uncalled {
  PostIndex post = 0;
  int missing = 0;
  std::vector<PersonIndex> people;  // the nearest first
};
// The most urgent posts first, with three people at most for each open seat. Nobody is in two.
std::vector<Uncalled> uncalled(const State& state);

}  // namespace tocsin::incident
