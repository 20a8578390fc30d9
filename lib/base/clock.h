// Where time comes from. Only this folder reads the wall clock. All other code is given a Clock,
// so that a drill, a test and a replay run the same code as the real night (lib/README.md, rule
// 10).
#pragma once

#include <atomic>
#include <optional>

#include "base/instant.h"

namespace tocsin::base {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  // The time since some moment, by a clock that nobody sets and that goes on while the machine
  // sleeps. It tells a clock that was set from time that has passed.
  virtual Milliseconds steady() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
  Milliseconds steady() const override;
};

// Moves only when it is told to. One thread moves it; any thread may read it, as the threads of an
// embedded relay do.
class VirtualClock final : public Clock {
 public:
  explicit VirtualClock(Instant start) noexcept : now_(start) {}
  Instant now() const override { return now_.load(); }
  Milliseconds steady() const override {
    return (now_.load() - was_set_by_.load()).time_since_epoch();
  }
  // Time passes.
  void set(Instant instant) noexcept { now_.store(instant); }
  void advance(Milliseconds by) noexcept { now_.store(now_.load() + by); }
  // Somebody sets the clock, and no time passes.
  void jump(Milliseconds by) noexcept {
    was_set_by_.store(was_set_by_.load() + by);
    advance(by);
  }

 private:
  std::atomic<Instant> now_;
  std::atomic<Milliseconds> was_set_by_{Milliseconds{0}};
};

// What is done at most once in a while, such as reading a file again. A clock that was set back
// does not put it off.
class Pace {
 public:
  explicit Pace(Milliseconds every) noexcept : every_(every) {}
  // Whether it is due; the next time is counted from there.
  bool take(Instant now) noexcept {
    if (last_ && now >= *last_ && now < *last_ + every_) return false;
    last_ = now;
    return true;
  }
  void hurry() noexcept { last_.reset(); }  // it is due at once

 private:
  Milliseconds every_;
  std::optional<Instant> last_;
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
