// The parts of events that are lists of more than one field.
#pragma once

#include <cstdint>

#include "incident/state/words.h"

namespace tocsin::incident {

// The chance that the seats of a post up to one of its times are filled by then. The deadline is
// the position among the post's needs.
struct SeatOutlook {
  PostId post;
  std::uint64_t deadline = 0;
  std::uint64_t per_mille = 0;  // 0 to 1000
  friend bool operator==(const SeatOutlook&, const SeatOutlook&) = default;
};

struct TimesCalled {
  PersonId person;
  std::uint64_t times = 0;
  friend bool operator==(const TimesCalled&, const TimesCalled&) = default;
};

}  // namespace tocsin::incident
