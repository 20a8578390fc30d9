// The processor time of this thread, in seconds: the cost of its work even on a busy machine.
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
