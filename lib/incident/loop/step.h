// What to do next: a pure function of the state, the time, and the ids with which it names
// messages. The real night, a drill, a test and a replay all call it.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/random.h"
#include "callout/recourse.h"
#include "incident/coordinator/lead_briefing.h"
#include "incident/seating/pool.h"
#include "incident/state/state.h"

namespace tocsin::incident {

struct Step {
  std::vector<Body> events;           // to append and apply; then call step again
  std::optional<base::Instant> wake;  // when events is empty: the next time to call step
};

// Whether people are placed. Everything else is done without it, too.
enum class Placing : std::uint8_t { on, off };

class Stepper {
 public:
  explicit Stepper(callout::Recourses recourses = {}, Placing placing = Placing::on)
      : recourses_(std::move(recourses)), placing_(placing) {}

  // Returns the events of the most urgent action. Apply them to the state and call again, until
  // there are none.
  Step step(const State& state, base::Instant now, base::Random& ids);

  const Pool& pool() const noexcept { return pool_; }

 private:
  Pool pool_;  // follows the state; see pool.h
  std::vector<Body> place_changed(const State& state, base::Instant now);

  callout::Recourses recourses_;  // may be shared with other nights
  Placing placing_;
  LeadBriefer lead_briefer_;
  std::size_t informed_ = 0;  // entries of State::touched that were handled
};

}  // namespace tocsin::incident
