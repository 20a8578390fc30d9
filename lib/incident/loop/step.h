// What to do next: the heart of the program, and a pure function of the state, the time and the ids
// it is given to name messages with. The real night, a drill, a test and a replay all call this.
#pragma once

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
  std::vector<Body> events;           // to be appended and applied; then ask again
  std::optional<base::Instant> wake;  // when events is empty: the next time worth asking
};

class Stepper {
 public:
  explicit Stepper(callout::Recourses recourses = {}) : recourses_(std::move(recourses)) {}

  // Apply the events to the state and call again, until there are none: each call does the most
  // urgent thing.
  Step step(const State& state, base::Instant now, base::Random& ids);

  const Pool& pool() const noexcept { return pool_; }

 private:
  Pool pool_;                     // follows the state; see pool.h
  callout::Recourses recourses_;  // may be shared with other nights
  Digester digester_;
  std::size_t informed_ = 0;  // of State::touched
};

}  // namespace tocsin::incident
