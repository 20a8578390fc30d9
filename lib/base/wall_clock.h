// The instant of a time on a wall clock, by one rule for every path (RFC 5545, 3.3.5): of a time
// that occurs twice the first, and a time that a clock change skips is moved forward by the change.
// Knows nothing of zones: the caller says how far a zone is ahead of UTC at an instant.
#pragma once

#include <chrono>

namespace tocsin::base {

// A date and a time of day without a zone.
using WallTime = std::chrono::local_time<std::chrono::milliseconds>;

// `ahead_at(Instant)` returns what the zone's clocks show minus UTC, in whole seconds. The answer
// depends on nothing else. Clock changes must lie more than two days apart.
template <class AheadAt>
std::chrono::sys_time<std::chrono::milliseconds> first_instant(WallTime wall,
                                                               const AheadAt& ahead_at) {
  constexpr std::chrono::days kBeyondAnyOffset{1};
  const std::chrono::sys_time<std::chrono::milliseconds> as_utc{wall.time_since_epoch()};
  const std::chrono::seconds before = ahead_at(as_utc - kBeyondAnyOffset);
  const std::chrono::seconds after = ahead_at(as_utc + kBeyondAnyOffset);
  const auto earlier_rule = as_utc - before;
  if (before == after || ahead_at(earlier_rule) == before) return earlier_rule;
  const auto later_rule = as_utc - after;
  // When neither rule holds, the time was skipped: the clocks of before would have reached it.
  return ahead_at(later_rule) == after ? later_rule : earlier_rule;
}

}  // namespace tocsin::base
