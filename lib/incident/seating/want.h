// Which seats want somebody still: those that nobody holds, and those whose holder is planned to
// come too late. Derived from the state; answers for whom it is worth waiting, whom to ring, and
// when those who said "only if you are short" must be called so as to be there in time.
#pragma once

#include <compare>
#include <optional>
#include <set>
#include <vector>

#include "callout/gap.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// Between two forecasts, while anything is uncertain.
inline constexpr base::Minutes kReviewEvery{static_cast<int>(callout::kReview)};

// What a yes from somebody would do; the smaller, the more it is wanted.
struct Want {
  int rank = 0;          // of the post
  bool is_late = false;  // the seat would be filled, but not in time
  auto operator<=>(const Want&) const = default;
};

class Wants {
 public:
  // Looks at the state once, and must not outlive it.
  explicit Wants(const State& state);

  // If this person, at home, said yes at `now`; absent when no seat wants them.
  std::optional<Want> of(PersonIndex person, base::Instant now) const;
  // Whether there is such a seat. Fast: thousands may be waited for.
  bool want(PersonIndex person, base::Instant now) const;

  // Posts of the first shift whose seats those who are kept out for now (last resort, stood down)
  // can fill in time if they are called before the next forecast, and not if after it.
  std::set<PostIndex> last_calls(base::Instant now) const;

 private:
  struct Seats {
    SlotIndex slot = 0;
    int open = 0;  // nobody holds them
    int late = 0;  // held by somebody who will be late
  };

  struct ForKind {
    bool is_open = false;                // some seat is, that they can hold
    std::optional<base::Instant> until;  // the last time of one whose holder will be late
  };
  const ForKind& for_kind(std::uint32_t kind) const;

  const State& state_;
  std::vector<Seats> seats_;                             // those that want somebody
  mutable std::vector<std::optional<ForKind>> by_kind_;  // of people; filled when first wanted
};

}  // namespace tocsin::incident
