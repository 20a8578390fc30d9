// Seconds of this thread on the processor: what one-threaded work costs, however busy the machine
// is.
#pragma once

#include <ctime>

namespace tocsin::bench {

class ProcessorTime {
 public:
  double seconds() const noexcept { return now() - start_; }

 private:
  static double now() noexcept {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  }
  double start_ = now();
};

}  // namespace tocsin::bench
