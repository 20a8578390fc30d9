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

// A call that is given out has a number, by which its operator answers. What is noted of a call, or
// of a printed sheet, closes what that call or sheet had to say, and leaves to other operators what
// they have in hand.
struct TakenCall {
  std::optional<Call> call;  // nullopt: nobody waits to be rung, or another operator rings them
  Order order;
};
// The most urgent call that no other operator has, and the order that takes it for kCallTerm.
TakenCall take_call(const State& state, base::Instant now);
// This call, with its words as they are now. With `own`, to the operator of the call with that
// number, who goes on with it.
TakenCall hand_out(const State& state, const Call& call, base::Instant now, std::uint64_t own = 0);

// What waits to be asked or said to this person, whoever has the call.
std::optional<Call> call_for(const State& state, PersonIndex person, base::Instant now);

// Where an operator has a person and words from. Both empty: they say something that nobody gave
// them.
struct Source {
  std::uint64_t call = 0;   // the number of a call that was given out and has not ended
  std::uint64_t sheet = 0;  // the number of a printed sheet
};

// "25" and "07:00" as an answer: how long somebody who is coming needs, from when somebody can come
// later. Either may be empty. Faults (usage) when it is no such time.
Reply reply_of(Answer answer, const std::string& eta, const std::string& from, base::Instant now);

// The person answered, and has heard what there was to say from this source.
Order answered(const State& state, PersonIndex person, const Reply& reply, const Source& source,
               base::Instant now, base::Random& ids);
// Nobody could be spoken to; the call is over. `outcome`: kNoAnswer or kWrongNumber. Faults (usage)
// without a source, which says what number was rung.
Order unanswered(const State& state, PersonIndex person, std::string_view outcome,
                 const Source& source);
// What there was to say from this source was said. What came since waits for another call. Faults
// (usage) without a source.
Order said(const State& state, PersonIndex person, const Source& source);
// The order, after which the call is over: others may ring the person.
Order and_hang_up(Order order, const State& state, PersonIndex person, std::uint64_t call);

// What a script says of a call: coming, later, last-resort, no, told, no-answer or wrong-number,
// with what belongs to it. The others may be empty.
struct SpokenAnswer {
  std::string answer;
  std::string eta;
  std::string from;
  std::string call;
  std::string sheet;
};
// The order that it is, after which the call is over. Without a call and a sheet it is the one call
// to the person that was given out and has not ended. Faults (usage) when it is none, or when there
// are several such calls.
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
