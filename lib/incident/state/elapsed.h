// Waiting by a wall clock that may be put back. A driver writes that down, and the fold moves what
// lies ahead (state_clock.cpp); this is for whoever looks before it has done so.
#pragma once

#include "base/instant.h"

namespace tocsin::incident {

// Whether `span` has passed since `from`. True also when `from` is ahead of `now` by more than a
// clock is ever corrected by: the clock was put back since, and nobody waits until it returns.
inline bool has_passed(base::Instant from, base::Milliseconds span, base::Instant now) {
  constexpr base::Minutes kCorrection{1};  // assumed
  return now >= from + span || from > now + kCorrection;
}

}  // namespace tocsin::incident
