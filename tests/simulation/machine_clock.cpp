#include "simulation/machine_clock.h"

#include <algorithm>
#include <cmath>

namespace tocsin::simulation {

base::Milliseconds draw_offset(base::SeededRandom& random) {
  constexpr double kTenYears = 10 * 365.25 * 24 * 3'600'000.0;
  const double size = 1'000.0 * std::pow(kTenYears / 1'000.0, random.uniform());
  const auto ms = static_cast<std::int64_t>(size);
  return base::Milliseconds{random.chance(0.5) ? ms : -ms};
}

MachineClock::MachineClock(const base::Clock& true_clock, int changes, base::SeededRandom random)
    : true_(true_clock), began_(true_clock.now()), changed_(began_) {
  base::Instant at = true_clock.now();
  // The first may come before the declaration: the clock was wrong when it began.
  if (changes > 0 && random.chance(0.3)) offset_ = draw_offset(random);
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
    const base::Milliseconds back = offset_ - changes_[made_].offset;
    if (back > base::Milliseconds{0} && back <= true_.now() - began_) stepped_back_ += back;
    offset_ = changes_[made_].offset;
    changed_ = true_.now();
  }
}

void MachineClock::put_right() {
  changes_.resize(made_);
  changes_.push_back({true_.now(), base::Milliseconds{0}});
  act();
}

}  // namespace tocsin::simulation
