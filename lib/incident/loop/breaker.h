// Gives a channel a rest that takes nothing, and tries it again with one message at a time. The
// pauses become longer and are drawn at random, so that not everybody comes back at once. Whether
// it rests is the journal's to say (State::rests); the pauses are forgotten by a restart.
#pragma once

#include <cstddef>
#include <optional>

#include "base/instant.h"
#include "base/random.h"

namespace tocsin::incident {

class Breaker {
 public:
  // How many of so many messages go now, at `steady`.
  std::size_t allow(std::size_t messages, bool rests, base::Milliseconds steady,
                    base::Random& random);
  // When it is tried next, by the steady clock; absent while it does not rest.
  std::optional<base::Milliseconds> next() const noexcept { return next_; }

 private:
  int pauses_ = 0;  // one after the other
  std::optional<base::Milliseconds> next_;
};

}  // namespace tocsin::incident
