// A token bucket: `most` tokens at once, and `per_second` more each second. It reads no clock, and
// a clock that steps back takes no tokens away.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/instant.h"
#include "relay/limits.h"

namespace tocsin::relay {

class Allowance {
 public:
  Allowance(limits::Rate rate, base::Instant now) noexcept : left_(rate.most), at_(now) {}

  // Takes one token; false when there is none.
  bool take(limits::Rate rate, base::Instant now) noexcept {
    const double seconds = std::max(0.0, std::chrono::duration<double>(now - at_).count());
    left_ = std::min(rate.most, left_ + seconds * rate.per_second);
    at_ = now;
    if (left_ < 1) return false;
    left_ -= 1;
    return true;
  }
  // How long until there is a token again, at least 1.
  int wait_seconds(limits::Rate rate) const noexcept {
    return std::max(1, static_cast<int>(std::ceil((1 - left_) / rate.per_second)));
  }
  base::Instant used() const noexcept { return at_; }

 private:
  double left_;
  base::Instant at_;
};

}  // namespace tocsin::relay
