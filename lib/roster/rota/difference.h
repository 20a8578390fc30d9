// What one plan changes in another: for each person the stints that are added, removed and moved.
// Overrides do not matter.
#pragma once

#include <vector>

#include "roster/rota/rota.h"

namespace tocsin::roster {

// A stint of the same duty, role and ward that begins less than this from where it did is the same
// stint, moved.
inline constexpr std::chrono::hours kSameStint{24};

struct Moved {
  Stint from;
  Stint to;
  friend bool operator==(const Moved&, const Moved&) = default;
};

struct PlanDifference {
  PersonId person;
  std::vector<Stint> added;  // each list in order of time
  std::vector<Stint> removed;
  std::vector<Moved> moved;
  friend bool operator==(const PlanDifference&, const PlanDifference&) = default;
};

// By person, only those for whom something changes.
std::vector<PlanDifference> differences(const Rota& before, const Rota& after);

}  // namespace tocsin::roster
