// What an area's lead is told: who is coming to them, when, with which skills. Each message
// replaces the one before. It is sent to their device only, and names nobody of another area.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "incident/state/state.h"

namespace tocsin::incident {

inline constexpr base::Minutes kLeadBriefingEvery{5};   // the shortest time between two to one lead
inline constexpr std::size_t kMostInLeadBriefing = 12;  // people named

struct LeadBriefings {
  std::vector<Body> events;
  std::optional<base::Instant> next;  // when one that is due may be sent
};

class LeadBriefer {
 public:
  LeadBriefings look(const State& state, base::Instant now, base::Random& ids);

 private:
  // Everything that a lead briefing depends on. While it is the same, there is nothing new to say.
  struct Seen {
    std::uint64_t revision = 0;        // sum over the area's posts
    std::uint64_t needs_revision = 0;  // of the state: a clock that was set moves all arrivals
    int shift = 0;
    std::optional<MessageIndex> last;
    friend bool operator==(const Seen&, const Seen&) = default;
  };
  std::map<PersonIndex, Seen> seen_;  // by lead, when there was nothing new
};

}  // namespace tocsin::incident
