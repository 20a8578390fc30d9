// What an operator noted of the last call was wrong. The journal takes nothing back: the person is
// put on the list again, and what is noted then counts, because the newest words count.
#pragma once

#include <cstdint>

#include "base/random.h"
#include "incident/calling/calls.h"
#include "incident/coordinator/order.h"

namespace tocsin::incident {

// What was noted of a call: an answer, that the number is wrong, or only whether it was said to
// them or nobody picked up.
enum class Noted : std::uint8_t { answer, wrong_number, outcome };

// Issues anew what the call was about and is not on the list any more: the question after an
// answer; what was to be said, as far as it still holds. A number that was noted to be wrong counts
// as right again. Until something newer is noted, what else was noted counts. Faults (usage) when
// the incident has ended.
Order ring_again(const State& state, const Call& call, Noted noted, base::Instant now,
                 base::Random& ids);

}  // namespace tocsin::incident
