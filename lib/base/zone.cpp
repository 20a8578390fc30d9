#include "base/zone.h"

#include <algorithm>
#include <ctime>

namespace tocsin::base {

namespace {

using std::chrono::seconds;

}  // namespace

Zone Zone::of_process() {
  Zone zone;
  zone.kind_ = Kind::process;
  return zone;
}

seconds Zone::ahead_at(Instant instant) const {
  if (kind_ == Kind::process) {
    const std::time_t time = std::chrono::floor<seconds>(instant).time_since_epoch() / seconds{1};
    std::tm parts{};
    localtime_r(&time, &parts);
    return seconds{parts.tm_gmtoff};
  }
  const auto next =
      std::upper_bound(changes_.begin(), changes_.end(), instant,
                       [](Instant at, const Change& change) { return at < change.at; });
  return next == changes_.begin() ? first_ : std::prev(next)->ahead;
}

WallTime Zone::wall_at(Instant instant) const {
  return WallTime{instant.time_since_epoch() + ahead_at(instant)};
}

Instant Zone::instant_of(WallTime wall) const {
  return first_instant(wall, [this](Instant instant) { return ahead_at(instant); });
}

}  // namespace tocsin::base
