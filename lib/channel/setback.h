// How long to wait before a provider is asked again that could not be asked: longer each time, and
// drawn at random, so that not everybody comes back at once.
#pragma once

#include "base/instant.h"
#include "base/random.h"

namespace tocsin::channel {

class Setback {
 public:
  Setback();

  // After a failure: at least five seconds, and at most two minutes; `asked_for` is what the
  // provider named, of which five minutes count.
  base::Milliseconds next(base::Milliseconds asked_for = base::Milliseconds{0});
  // It went well: the next failure is the first.
  void is_over() noexcept { failures_ = 0; }

 private:
  base::SeededRandom jitter_;
  int failures_ = 0;  // one after the other
};

}  // namespace tocsin::channel
