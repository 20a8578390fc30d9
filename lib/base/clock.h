// Where time comes from. Only this folder reads the wall clock. All other code is given a Clock,
// so that a drill, a test and a replay run the same code as the real night (lib/README.md, rule
// 10).
#pragma once

#include <atomic>

#include "base/instant.h"

namespace tocsin::base {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// Moves only when it is told to. One thread moves it; any thread may read it, as the threads of an
// embedded relay do.
class VirtualClock final : public Clock {
 public:
  explicit VirtualClock(Instant start) noexcept : now_(start) {}
  Instant now() const override { return now_.load(); }
  void set(Instant instant) noexcept { now_.store(instant); }
  void advance(Milliseconds by) noexcept { now_.store(now_.load() + by); }

 private:
  std::atomic<Instant> now_;
};

// Real time elapsed. It serves wall_seconds, the deadlines of waits and benchmarks, never
// decisions.
class Stopwatch {
 public:
  Stopwatch() noexcept : start_(std::chrono::steady_clock::now()) {}
  double seconds() const noexcept;

 private:
  std::chrono::steady_clock::time_point start_;
};

}  // namespace tocsin::base
