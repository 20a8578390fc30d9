// How fast a provider is asked: never beyond its published limit; not at all for a while when it
// says that it is busy, and then a single message goes first; and not at all until a time when it
// takes nothing more. Used by one thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "base/allowance.h"
#include "base/clock.h"
#include "base/random.h"
#include "channel/channel.h"

namespace tocsin::channel {

// No provider is given longer, whatever its Retry-After says.
inline constexpr base::Milliseconds kLongestAskedFor = std::chrono::minutes{5};

// What a rate allows beyond its `per_second`: its `most` at any time, or also no more than that in
// any second, for a provider whose limit leaves nothing to spare.
enum class Bursts : std::uint8_t { at_any_time, within_the_second };

class Throttle {
 public:
  // `at_once` is the most that are in progress beside each other.
  Throttle(base::Rate rate, std::size_t at_once, const base::Clock& clock,
           Bursts bursts = Bursts::at_any_time);

  std::size_t at_once() const noexcept { return at_once_; }
  // As Channel. While it is spent everything has room, so that it is refused at once and people are
  // tried elsewhere.
  Room room();
  // Takes the turn of one message: nullopt when it may go, else how long it has to wait.
  std::optional<base::Milliseconds> take();
  bool is_spent() const;

  // What the provider said to the messages that went together. `asked_for` is its Retry-After, or
  // 0; when it names none, the wait is drawn from a growing range, because others may use the
  // account.
  void was_busy(base::Milliseconds asked_for);
  void was_taken();
  // The provider takes nothing more, for example today. It is asked again after `wait`.
  void was_spent(base::Milliseconds wait);
  // The answers to all that was taken have come. The second of each begins only now, because nobody
  // knows when the provider counted it.
  void was_answered();
  // How long it still says that it is busy.
  base::Milliseconds held() const;

 private:
  double left();
  base::Milliseconds wait_for(double messages) const;

  base::Rate rate_;
  std::size_t at_once_;
  const base::Clock& clock_;
  base::Allowance allowance_;
  Bursts bursts_;
  std::deque<base::Milliseconds> taken_;  // in the last second, by the steady clock
  std::size_t unanswered_ = 0;            // of them, the last so many
  base::SeededRandom jitter_;
  int times_busy_ = 0;              // one after the other
  std::size_t lot_;                 // what the provider is thought to take at once
  base::Milliseconds held_until_;   // by the steady clock
  base::Milliseconds spent_until_;  // the same
};

}  // namespace tocsin::channel
