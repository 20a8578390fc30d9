// Tells people what was decided about them, and goes on telling until a receipt says that they
// know: silence and failure move a message to the person's next channel, in the end to the
// switchboard.
#pragma once

#include <optional>
#include <vector>

#include "base/random.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// The messages that tell these people what was decided. Everybody who was asked or has answered is
// told.
std::vector<Body> inform(const State& state, const std::vector<PersonIndex>& people,
                         base::Instant now, base::Random& ids);

struct Pursuit {
  std::vector<Body> events;
  std::optional<base::Instant> next;  // when silence moves the next message on
};
// Sends again, by the next channel, what people must know and what was not delivered: at once when
// the channel gave it up, otherwise after the playbook's answer window.
Pursuit pursue(const State& state, base::Instant now, base::Random& ids);
// Whether it has ended, and a driver has to write so to somebody.
bool hears_of_the_end_later(const State& state);
// Whether silence or failure may still move a message on.
bool will_move_on(const State& state);

// People who must know something that no channel carries to them any more: the switchboard has it,
// or nobody.
std::vector<PersonIndex> left_to_people(const State& state, base::Instant now);

}  // namespace tocsin::incident
