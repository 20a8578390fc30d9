// What an operator at the switchboard does: takes the next number to ring, writes down what came of
// it, and, when no message goes through, rings through a list on paper. Orders and lists only;
// whoever calls appends them.
#pragma once

#include <cstdint>
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
// This call, with its words as they are now.
TakenCall hand_out(const State& state, const Call& call, base::Instant now);
// For another operator.
Order give_back(const State& state, PersonIndex person, base::Instant now);

// What waits to be asked or said to this person, whoever has the call.
std::optional<Call> call_for(const State& state, PersonIndex person, base::Instant now);

// "25" and "07:00" as an answer: how long somebody who is coming needs, from when somebody can come
// later. Either may be empty. Faults (usage) when it is no such time.
Reply reply_of(Answer answer, const std::string& eta, const std::string& from, base::Instant now);

// Nobody could be spoken to. `reason`: kNoAnswer or kWrongNumber.
Order unanswered(const State& state, PersonIndex person, std::string_view reason);
// What an operator was given to say to this person was said: in the call that they took, or by the
// sheet with this number. What came since waits for another call. Faults (usage) when nobody was
// given anything.
Order said(const State& state, PersonIndex person,
           std::optional<std::uint64_t> sheet = std::nullopt);
// The order, after which the call is over: others may ring the person again.
Order and_hang_up(Order order, const State& state, PersonIndex person, base::Instant now);

// What a script says of a call: coming, later, last-resort, no, told, no-answer or wrong-number,
// with what belongs to it. The others may be empty.
struct SpokenAnswer {
  std::string answer;
  std::string eta;
  std::string from;
  std::string sheet;
};
// The order that it is, after which the call is over. Faults (usage) when it is none.
Order take_answer(const State& state, PersonIndex person, const SpokenAnswer& spoken,
                  base::Instant now, base::Random& ids);

// A post with open seats, and who could hold it and has not been asked.
struct Uncalled {
  PostIndex post = 0;
  int missing = 0;
  std::vector<PersonIndex> people;  // the nearest first
};
// The most urgent posts first, with three people at most for each open seat. Nobody is in two.
std::vector<Uncalled> uncalled(const State& state);

}  // namespace tocsin::incident
