// Which staff on duty may leave their ward for posts of the first shift. A ward gives at most its
// share (limits.on_duty_share). People who work in the post's area do not leave their ward and do
// not count.
#pragma once

#include <optional>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

// By person. People who have a seat keep it; the rest of the share goes to the most important
// seats.
std::vector<bool> may_leave_ward(const State& state);

// What the choice depends on, of one person; nothing of somebody who is not on duty.
struct AtWork {
  bool is_there = false;  // on duty, and not lost to the ward
  std::optional<SlotIndex> seat;
  friend bool operator==(const AtWork&, const AtWork&) = default;
};
AtWork at_work(const State& state, PersonIndex person);

// By slot of the first shift: the seats that are open, are not due yet, and are usually filled from
// the wards at this hour by people whose duty the rota does not say tonight. Nobody is placed for
// it, because nobody knows who they are; no wave is sized for these seats either, until they are
// due. Zero where every duty is known.
std::vector<int> left_to_the_wards(const State& state, base::Instant now);

}  // namespace tocsin::incident
