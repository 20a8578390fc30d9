#include "base/clock.h"

#include <ctime>

namespace tocsin::base {

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
}

Milliseconds SystemClock::steady() const {
#ifdef CLOCK_BOOTTIME  // of Linux, where the monotonic clock stands still while the machine sleeps
  constexpr clockid_t kSteady = CLOCK_BOOTTIME;
#else
  constexpr clockid_t kSteady = CLOCK_MONOTONIC;
#endif
  timespec time{};
  clock_gettime(kSteady, &time);
  return std::chrono::seconds{time.tv_sec} +
         std::chrono::duration_cast<Milliseconds>(std::chrono::nanoseconds{time.tv_nsec});
}

double Stopwatch::seconds() const noexcept {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

}  // namespace tocsin::base
