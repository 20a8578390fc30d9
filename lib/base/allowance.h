// A token bucket: `most` tokens at once, and `per_second` more each second. It reads no clock, and
// a clock that steps back takes no tokens away.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/instant.h"

namespace tocsin::base {

struct Rate {
  double most;
  double per_second;
};

class Allowance {
 public:
  Allowance(Rate rate, Instant now) noexcept : left_(rate.most), at_(now) {}

  // Takes one token; false when there is none.
  bool take(Rate rate, Instant now) noexcept {
    fill(rate, now);
    if (left_ < 1) return false;
    left_ -= 1;
    return true;
  }
  // How many it has now.
  double left(Rate rate, Instant now) noexcept {
    fill(rate, now);
    return left_;
  }
  // How many it had when it was last asked or taken from.
  double left_then() const noexcept { return left_; }
  // How long until there is a token again, at least 1.
  int wait_seconds(Rate rate) const noexcept {
    return std::max(1, static_cast<int>(std::ceil((1 - left_) / rate.per_second)));
  }
  Instant used() const noexcept { return at_; }

 private:
  void fill(Rate rate, Instant now) noexcept {
    const double seconds = std::max(0.0, std::chrono::duration<double>(now - at_).count());
    left_ = std::min(rate.most, left_ + seconds * rate.per_second);
    at_ = now;
  }

  double left_;
  Instant at_;
};

}  // namespace tocsin::base
