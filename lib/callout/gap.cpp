#include "callout/gap.h"

#include <algorithm>
#include <cmath>

namespace tocsin::callout {

namespace {

// Rounds the time, so that more posts share one solution.
double coarse(double until_phone) {
  if (until_phone < 0) return -1;
  const double grain = until_phone <= 30 ? kReview : 6 * kReview;
  return std::round(until_phone / grain) * grain;
}

}  // namespace

std::vector<double> spread_of(const std::vector<double>& chances, std::size_t most) {
  std::vector<double> spread(most + 1, 0.0);
  spread[0] = 1;
  for (const double chance : chances)
    for (std::size_t n = most + 1; n-- > 0;) {
      const double comes = n > 0 ? spread[n - 1] * chance : 0;
      spread[n] = (n == most ? spread[n] : spread[n] * (1 - chance)) + comes;
    }
  return spread;
}

std::vector<double> missing_of(const Deadline& deadline) {
  const auto seats = static_cast<std::size_t>(std::max(0, deadline.seats));
  std::vector<double> spread = spread_of(deadline.holders, seats);
  std::reverse(spread.begin(), spread.end());
  return spread;
}

std::vector<double> asked_for(const Deadline& deadline) {
  const std::vector<double> missing = missing_of(deadline);
  const auto others = static_cast<std::size_t>(std::max(0, deadline.left_to_others));
  std::vector<double> spread(missing.size() - std::min(others, missing.size() - 1), 0.0);
  for (std::size_t m = 0; m < missing.size(); ++m)
    spread[m > others ? m - others : 0] += missing[m];
  return spread;
}

double mean_of(const std::vector<double>& spread) {
  double mean = 0;
  for (std::size_t m = 1; m < spread.size(); ++m) mean += static_cast<double>(m) * spread[m];
  return mean;
}

int Gap::most_seats() const {
  constexpr double kNever = 1e-6;
  std::size_t most = missing.size() - 1;
  while (most > 1 && missing[most] < kNever) --most;
  for (const int step : {1, 2, 3, 5})
    if (most <= static_cast<std::size_t>(step)) return step;
  return 8;
}

void Gap::set_window(double minutes, double phone, const Belief& belief) {
  window = minutes;
  is_late = minutes < kReview;
  until_phone = coarse(phone);
  constexpr double kHour = kPeriods * kReview;
  // A plan for the next hour does not count on the switchboard: those whom it reaches in time come
  // on top. Waiting for more than an hour helps only until the telephone has rung everybody twice.
  if (minutes <= kHour)
    until_phone = -1;
  else
    minutes = std::min(minutes, std::max(kHour, 2 * until_phone + kReview));
  periods = std::clamp(static_cast<int>(minutes / kReview), 1, kPeriods);
  // Periods of whole reviews let posts share one solution. A short window is divided so that its
  // last minute counts, too.
  length = kReview;
  if (periods <= 2) length = std::floor(minutes / periods);
  if (minutes > kHour) length = std::ceil(minutes / kPeriods / kReview) * kReview;
  fresh = std::max(1e-6, says_yes * belief.answers_within(length * periods, until_phone));
}

}  // namespace tocsin::callout
