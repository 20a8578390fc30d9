// Which seats still need somebody: those without a holder, and those whose holder is planned to
// come too late. Computed from the state. It says for whom to wait, whom to ring, and when people
// who said "only if you are short" must be called to be there in time.
#pragma once

#include <compare>
#include <optional>
#include <set>
#include <vector>

#include "callout/gap.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// The time between two forecasts while anything is uncertain.
inline constexpr base::Minutes kReviewEvery{static_cast<int>(callout::kReview)};

// What a yes from somebody would achieve; the smaller, the more useful.
struct Want {
  int rank = 0;          // of the post
  bool is_late = false;  // the seat would be filled, but not in time
  auto operator<=>(const Want&) const = default;
};

class Wants {
 public:
  // Reads the state once. Must not outlive the state.
  explicit Wants(const State& state);

  // What a yes of this person, at home, at `now` would achieve; absent when no seat needs them.
  std::optional<Want> of(PersonIndex person, base::Instant now) const;
  // Whether any seat needs them. Fast, because it is called for thousands.
  bool want(PersonIndex person, base::Instant now) const;

  // Posts of the first shift whose seats people who are kept out (last resort, stood down) can fill
  // in time only if they are called before the next forecast.
  std::set<PostIndex> last_calls(base::Instant now) const;

 private:
  struct Seats {
    SlotIndex slot = 0;
    int open = 0;  // without a holder
    int late = 0;  // with a holder who will be late
  };

  struct ForProfile {
    bool is_open = false;                // a seat that they can hold is open
    std::optional<base::Instant> until;  // the latest time of a seat whose holder will be late
  };
  const ForProfile& for_profile(std::uint32_t profile) const;

  const State& state_;
  std::vector<Seats> seats_;                                   // those that need somebody
  mutable std::vector<std::optional<ForProfile>> by_profile_;  // of people; filled on first use
};

}  // namespace tocsin::incident
