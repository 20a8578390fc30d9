#include "roster/rota/change.h"

#include <algorithm>
#include <utility>

namespace tocsin::roster {

Rota with_plan(const Rota& rota, Draft draft, Plan before) {
  std::vector<Planned> stints = before == Plan::kept
                                    ? revise(draft_of(rota), std::move(draft)).draft.stints
                                    : std::move(draft.stints);
  // Of equal stints one with a source stays, so that a later version can replace it.
  std::stable_sort(stints.begin(), stints.end(), [](const Planned& a, const Planned& b) {
    if (a.stint != b.stint) return a.stint < b.stint;
    return !a.source.uid.empty() && b.source.uid.empty();
  });
  stints.erase(std::unique(stints.begin(), stints.end(),
                           [](const Planned& a, const Planned& b) { return a.stint == b.stint; }),
               stints.end());
  return Rota::with_sources(rota.revision() + 1, std::move(stints), rota.overrides());
}

Rota with_override(const Rota& rota, Override change) {
  std::vector<Override> overrides = rota.overrides();
  change.number = 0;
  for (const Override& other : overrides) change.number = std::max(change.number, other.number);
  ++change.number;
  overrides.push_back(std::move(change));
  return rota.with_overrides(std::move(overrides));
}

std::optional<Rota> without_override(const Rota& rota, std::uint64_t number) {
  std::vector<Override> overrides = rota.overrides();
  if (std::erase_if(overrides, [&](const Override& one) { return one.number == number; }) == 0)
    return std::nullopt;
  return rota.with_overrides(std::move(overrides));
}

}  // namespace tocsin::roster
