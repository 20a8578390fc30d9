// A time zone: what a wall clock shows at an instant, and at which instant it shows something, by
// the one rule of base/wall_clock.h.
#pragma once

#include <chrono>
#include <vector>

#include "base/instant.h"
#include "base/wall_clock.h"

namespace tocsin::base {

class Zone {
 public:
  // From `at` on, the clocks are this far ahead of UTC.
  struct Change {
    std::chrono::sys_seconds at;
    std::chrono::seconds ahead;
  };

  Zone() = default;  // UTC
  // `first` counts before the first change. The changes are in order.
  Zone(std::chrono::seconds first, std::vector<Change> changes)
      : first_(first), changes_(std::move(changes)) {}
  // The zone of the process (TZ, or else the system's).
  static Zone of_process();

  std::chrono::seconds ahead_at(Instant instant) const;
  WallTime wall_at(Instant instant) const;
  Instant instant_of(WallTime wall) const;

 private:
  enum class Kind { table, process };
  Kind kind_ = Kind::table;
  std::chrono::seconds first_{};
  std::vector<Change> changes_;
};

}  // namespace tocsin::base
