#include "roster/rota/change.h"

#include <algorithm>
#include <utility>

namespace tocsin::roster {

Rota with_plan(const Rota& rota, std::vector<Stint> stints, Plan before) {
  if (before == Plan::kept)
    stints.insert(stints.end(), rota.planned().begin(), rota.planned().end());
  std::sort(stints.begin(), stints.end());
  stints.erase(std::unique(stints.begin(), stints.end()), stints.end());
  return {rota.revision() + 1, std::move(stints), rota.overrides()};
}

Rota with_override(const Rota& rota, Override change) {
  std::vector<Override> overrides = rota.overrides();
  change.number = 0;
  for (const Override& other : overrides) change.number = std::max(change.number, other.number);
  ++change.number;
  overrides.push_back(std::move(change));
  return {rota.revision() + 1, rota.planned(), std::move(overrides)};
}

std::optional<Rota> without_override(const Rota& rota, std::uint64_t number) {
  std::vector<Override> overrides = rota.overrides();
  if (std::erase_if(overrides, [&](const Override& one) { return one.number == number; }) == 0)
    return std::nullopt;
  return Rota{rota.revision() + 1, rota.planned(), std::move(overrides)};
}

}  // namespace tocsin::roster
