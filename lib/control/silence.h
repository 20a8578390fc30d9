// How long the holder of a lease has been silent, for another process that watches its heartbeat.
// It compares no two clocks: only the time counts that the watcher itself was awake for, by a clock
// that nobody sets. So neither a clock that jumps nor a watcher that slept makes a holder silent.
#pragma once

#include <algorithm>
#include <optional>

#include "base/instant.h"
#include "journal/journal.h"

namespace tocsin::control {

class Silence {
 public:
  // `now` is of the watcher's own steady clock. To be called several times a second.
  void look(const journal::Holding& holding, base::Milliseconds now) {
    const Seen seen{holding.number, holding.beat};
    if (!seen_) seen_ = seen;
    if (*seen_ != seen) was_heard_ = true;
    length_ = *seen_ == seen ? length_ + std::clamp(now - looked_.value_or(now), kNone, kMostAtOnce)
                             : kNone;
    seen_ = seen;
    looked_ = now;
  }
  // Whether the lease changed since the first look.
  bool was_heard() const noexcept { return was_heard_; }
  base::Milliseconds length() const noexcept { return length_; }

 private:
  struct Seen {
    std::uint64_t number = 0;
    std::uint64_t beat = 0;
    bool operator==(const Seen&) const = default;
  };
  static constexpr base::Milliseconds kNone{0};
  // A watcher that was stopped between two looks has heard nothing meanwhile.
  static constexpr base::Milliseconds kMostAtOnce{500};

  std::optional<Seen> seen_;
  std::optional<base::Milliseconds> looked_;
  base::Milliseconds length_{0};
  bool was_heard_ = false;
};

}  // namespace tocsin::control
