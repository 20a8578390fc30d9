#include "incident/seating/spare.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "incident/seating/arrival.h"

namespace tocsin::incident {

namespace {

// Seats that have a spare who may still be needed. As of the last forecast, so that a process that
// begins later finds the same seats; when they are others since, the next forecast follows at once.
std::set<SlotIndex> with_spare(const State& state) {
  const HeldSeats& reviewed = state.spare_review.held;
  const HeldSeats held = reviewed.sent.size() == state.slots.size() ? reviewed : state.held_seats();
  std::set<SlotIndex> slots;
  for (SlotIndex s = 0; s < state.slots.size(); ++s) {
    const Slot& slot = state.slots[s];
    if (!state.is_relief(slot.post) && state.at(slot.by) > *state.reviewed &&
        held.sent[s] > slot.count && held.here[s] < slot.count)
      slots.insert(s);
  }
  return slots;
}

}  // namespace

std::set<SlotIndex> seats_at_risk(const State& state) {
  if (!state.reviewed) return {};
  std::set<SlotIndex> at_risk = with_spare(state);
  std::map<int, std::vector<std::pair<std::uint64_t, SlotIndex>>> by_rank;  // chance per mille
  for (const SeatOutlook& seat : state.spare_review.outlook)
    for (SlotIndex s = 0; s < state.slots.size(); ++s) {
      const Slot& slot = state.slots[s];
      if (state.playbook.posts[slot.post].id == seat.post && slot.tranche == seat.deadline &&
          !state.is_relief(slot.post))
        by_rank[state.rank(slot.post)].emplace_back(seat.per_mille, s);
    }
  for (auto& [rank, seats] : by_rank) {
    std::sort(seats.rbegin(), seats.rend());
    const playbook::Post& post = state.playbook.posts[state.slots[seats.front().second].post];
    const double may_fail = 1 - state.playbook.limits.confidence(post.priority);
    // The most likely seats need no spare, as long as together they use at most half of the risk
    // that the target of the rank allows. The other half is for the seats with a spare.
    double together = 1;
    for (const auto& [per_mille, slot] : seats) {
      together *= static_cast<double>(per_mille) / 1000;
      if (together < 1 - may_fail / 2) at_risk.insert(slot);
    }
  }
  return at_risk;
}

bool may_be_spare(const State& state, PersonIndex index, SlotIndex slot) {
  const Person& person = state.people[index];
  if (person.answer != Answer::coming || person.pinned || is_held_back(state, index) ||
      !state.can_hold(index, state.slots[slot].post))
    return false;
  if (person.status == Status::assigned) return person.slot == slot;
  return ready_at(state, index) <= state.at(state.slots[slot].by);
}

}  // namespace tocsin::incident
