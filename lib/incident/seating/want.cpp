#include "incident/seating/want.h"

#include <algorithm>

#include "incident/seating/arrival.h"

namespace tocsin::incident {

using base::Instant;
using base::Minutes;

Wants::Wants(const State& state) : state_(state) {
  struct Held {
    int in_time = 0;
    int late = 0;
  };
  std::vector<Held> held(state.slots.size());
  for (const Holders& holders : state.holders)
    for (const PersonIndex p : holders.people) {
      const SlotIndex s = state.people[p].slot;
      const bool is_late = !state.is_relief(state.slots[s].post) &&
                           planned_arrival(state, p) > state.at(state.slots[s].by);
      ++(is_late ? held[s].late : held[s].in_time);
    }
  for (SlotIndex s = 0; s < held.size(); ++s) {
    // With a spare there may be more people than seats.
    const int not_in_time = std::max(0, state.slots[s].count - held[s].in_time);
    const int open = std::max(0, not_in_time - held[s].late);
    if (not_in_time > 0) seats_.push_back({s, open, not_in_time - open});
  }
  by_profile_.resize(state.profiles.size());
}

const Wants::ForProfile& Wants::for_profile(std::uint32_t profile) const {
  std::optional<ForProfile>& found = by_profile_[profile];
  if (found) return *found;
  found.emplace();
  for (const Seats& seats : seats_) {
    const Slot& slot = state_.slots[seats.slot];
    if (!state_.profiles[profile].can_hold[slot.post]) continue;
    const Instant by = state_.at(slot.by);
    if (seats.open > 0) found->is_open = true;
    if (seats.late > 0 && (!found->until || *found->until < by)) found->until = by;
  }
  return *found;
}

bool Wants::want(PersonIndex person, Instant now) const {
  const ForProfile& profile = for_profile(state_.people[person].profile);
  return profile.is_open ||
         (profile.until && now + planned_journey(state_.roster[person].travel) <= *profile.until);
}

std::optional<Want> Wants::of(PersonIndex person, Instant now) const {
  std::optional<Want> best;
  const Instant there = now + planned_journey(state_.roster[person].travel);
  for (const Seats& seats : seats_) {
    const Slot& slot = state_.slots[seats.slot];
    if (!state_.can_hold(person, slot.post)) continue;
    const Want want{state_.rank(slot.post), there > state_.at(slot.by)};
    if (want.is_late && seats.open <= 0) continue;  // not earlier than the holder
    if (!best || want < *best) best = want;
  }
  return best;
}

std::set<PostIndex> Wants::last_calls(Instant now) const {
  std::set<PostIndex> posts;
  for (const Seats& seats : seats_) {
    const Slot& slot = state_.slots[seats.slot];
    if (state_.is_relief(slot.post)) continue;
    const Instant by = state_.at(slot.by);
    std::vector<Minutes> journeys;
    for (const PersonIndex p : state_.kept_out)
      if (state_.can_hold(p, slot.post))
        if (const Minutes journey = planned_journey(state_.roster[p].travel); now + journey <= by)
          journeys.push_back(journey);
    if (journeys.empty()) continue;
    // Take the nearest people, as many as there are seats. The farthest of them must be called
    // first.
    const std::size_t wanted =
        std::min(journeys.size(), static_cast<std::size_t>(seats.open + seats.late));
    std::nth_element(journeys.begin(), journeys.begin() + static_cast<std::ptrdiff_t>(wanted - 1),
                     journeys.end());
    if (now + journeys[wanted - 1] + kReviewEvery > by) posts.insert(slot.post);
  }
  return posts;
}

}  // namespace tocsin::incident
