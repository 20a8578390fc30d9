// The right to drive an incident, which one process has at a time (lib/README.md, Decisions). Its
// holder sends a heartbeat. Another process takes it over at once when the holder has died on this
// machine, and after kLapse of silence when it hangs. No wall clock decides: two processes may
// disagree about the time, and it may jump.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/lock.h"
#include "control/holder.h"
#include "journal/journal.h"

namespace tocsin::control {

constexpr base::Milliseconds kBetweenBeats{2'000};
// Longer than the 15 s that a turn may wait for a relay that does not answer.
constexpr base::Milliseconds kLapse{20'000};

// Time since some moment, by a clock that nobody sets.
using Steady = std::function<base::Milliseconds()>;
Steady steady_time();

// Who waits for the lease.
class Waiter {
 public:
  virtual ~Waiter() = default;
  virtual void say(const std::string& words) = 0;
  // Waits for so long at most. True: they leave.
  virtual bool wait(base::Milliseconds patience) = 0;
};

// The process that has the lease.
struct Driven {
  Holder holder;
  // By the wall clocks, nothing was heard of it for kLapse: it hangs. For people who look.
  bool is_silent = false;
};

// Who has it; nullopt when nobody has, or its process has ended. Changes nothing.
std::optional<Driven> look(journal::Lease& lease, const std::filesystem::path& lock,
                           base::Instant now);

class Lease {
 public:
  // `lock`: a file beside the journal that the holder locks. `self`: what others are told.
  Lease(std::unique_ptr<journal::Lease> lease, std::filesystem::path lock, Holder self,
        const base::Clock& clock, Steady steady = steady_time());
  // Gives it back.
  ~Lease();
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  // At once or not at all: when nobody has it, or its holder's process has ended.
  bool take_if_free();
  enum class Outcome : std::uint8_t { taken, driven, left };
  // Waits while another process has it: until a heartbeat shows that it drives, or until it has
  // been silent for kLapse and the lease is taken from it.
  Outcome take(Waiter& waiter);

  // To be called more often than every kBetweenBeats: sends the heartbeat when it is due. Throws
  // journal::Superseded when another process has taken the lease.
  void confirm();
  journal::Fence fence() const noexcept { return fence_; }
  std::optional<Driven> look() const;

 private:
  bool take_from(const journal::Holding& seen, bool is_silent);
  base::Bytes said_at(base::Instant now);

  std::unique_ptr<journal::Lease> lease_;
  const std::filesystem::path path_;
  Holder self_;
  const base::Clock& clock_;
  const Steady steady_;
  std::optional<base::FileLock> lock_;  // the system lets go of it when this process dies
  journal::Fence fence_;                // 0: not held
  base::Milliseconds beaten_{0};        // when, by steady_
};

}  // namespace tocsin::control
