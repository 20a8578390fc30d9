// The times that a certificate or an envelope may carry, and how far two clocks may be apart.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/clock.h"

namespace tocsin::seal {

inline constexpr base::Milliseconds kClockTolerance = std::chrono::minutes{10};
inline constexpr std::int64_t kLastInstant = 253402300799999;  // 9999-12-31T23:59:59.999Z

inline bool is_sane(base::Instant instant) {
  const auto count = instant.time_since_epoch().count();
  return count >= 0 && count <= kLastInstant;
}

}  // namespace tocsin::seal
