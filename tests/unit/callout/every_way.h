// How many of some chances come true, by adding up every way in which they may.
#pragma once

#include <algorithm>
#include <bit>
#include <vector>

namespace tocsin::callout {

// [n] is the probability that n of them do; the last entry that `most` or more do.
inline std::vector<double> every_way(const std::vector<double>& chances, std::size_t most) {
  std::vector<double> spread(most + 1, 0);
  for (unsigned way = 0; way < (1U << chances.size()); ++way) {
    double probability = 1;
    for (std::size_t i = 0; i < chances.size(); ++i)
      probability *= (way >> i) & 1U ? chances[i] : 1 - chances[i];
    spread[std::min<std::size_t>(most, static_cast<std::size_t>(std::popcount(way)))] +=
        probability;
  }
  return spread;
}

}  // namespace tocsin::callout
