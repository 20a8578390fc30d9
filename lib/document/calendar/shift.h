// How a change of all later repetitions (RANGE=THISANDFUTURE) moves each one of them: as it moves
// its own (RFC 5545, 3.2.13).
#pragma once

#include <chrono>

#include "base/instant.h"
#include "base/zone.h"
#include "document/calendar/moment.h"

namespace tocsin::document {

struct Shift {
  base::Zone zone;
  base::Milliseconds moved{};  // on the wall clock of the zone
  bool to_midnight = false;    // the change is of whole days
  base::Milliseconds nominal{};
  base::Milliseconds exact{};
  base::Zone end_zone;

  // Of the repetition that was to begin at `original`.
  base::Instant from(base::Instant original) const { return zone.instant_of(wall_of(original)); }
  base::Instant until(base::Instant original) const {
    return end_zone.instant_of(wall_of(original) + nominal) + exact;
  }

 private:
  base::WallTime wall_of(base::Instant original) const {
    const base::WallTime wall = zone.wall_at(original) + moved;
    return to_midnight ? day_of(wall) : wall;
  }
};

}  // namespace tocsin::document
