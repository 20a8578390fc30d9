#include "home/time_zone.h"

#include <cstdlib>
#include <ctime>

#include "base/zone.h"

namespace tocsin::home {

void follow_time_zone(const Settings& settings) {
  if (settings.time_zone.empty()) return;
  ::setenv("TZ", settings.time_zone.c_str(), 1);
  ::tzset();
}

bool is_utc_by_default(const Settings& settings, base::Instant now) {
  if (!settings.time_zone.empty()) return false;
  constexpr std::chrono::days kMonth{30};
  const base::Zone zone = base::Zone::of_process();
  for (int month = 0; month < 12; ++month)
    if (zone.ahead_at(now + month * kMonth).count() != 0) return false;
  return true;
}

}  // namespace tocsin::home
