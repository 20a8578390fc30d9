#include "simulation/machine_clock.h"

#include <algorithm>
#include <cmath>

namespace tocsin::simulation {

namespace {

// From 1 s to 10 years, each order of magnitude as likely as the next.
base::Milliseconds draw_offset(base::SeededRandom& random) {
  constexpr double kTenYears = 10 * 365.25 * 24 * 3'600'000.0;
  const double size = 1'000.0 * std::pow(kTenYears / 1'000.0, random.uniform());
  const auto ms = static_cast<std::int64_t>(size);
  return base::Milliseconds{random.chance(0.5) ? ms : -ms};
}

}  // namespace

MachineClock::MachineClock(const base::Clock& true_clock, int changes, base::SeededRandom random)
    : true_(true_clock), changed_(true_clock.now()) {
  base::Instant at = true_clock.now();
  // The first may come before the declaration: the clock was wrong when it began.
  if (changes > 0 && random.chance(0.3)) first_ = offset_ = draw_offset(random);
  for (int i = 0; i < changes; ++i) {
    at += std::chrono::seconds{random.below(45 * 60)};
    changes_.push_back({at, random.chance(0.4) ? base::Milliseconds{0} : draw_offset(random)});
  }
}

std::optional<base::Instant> MachineClock::next() const {
  return made_ < changes_.size() ? std::optional{changes_[made_].at} : std::nullopt;
}

void MachineClock::act() {
  for (; made_ < changes_.size() && changes_[made_].at <= true_.now(); ++made_) {
    offset_ = changes_[made_].offset;
    changed_ = true_.now();
  }
}

}  // namespace tocsin::simulation
