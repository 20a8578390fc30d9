#include "incident/view/board.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "incident/calling/calls.h"
#include "incident/coordinator/order.h"
#include "incident/coordinator/prompt.h"
#include "incident/coordinator/shortfall.h"
#include "incident/coordinator/verdict.h"
#include "incident/loop/telling.h"
#include "incident/seating/arrival.h"
#include "incident/seating/offer.h"
#include "incident/seating/ward.h"
#include "roster/rota/horizon.h"

namespace tocsin::incident {

namespace {

using base::Instant;

constexpr std::array<base::Minutes, 3> kWithin{base::Minutes{15}, base::Minutes{30},
                                               base::Minutes{60}};
constexpr std::array<std::chrono::hours, 3> kAhead{std::chrono::hours{8}, std::chrono::hours{12},
                                                   std::chrono::hours{24}};

Instant arrival(const State& state, PersonIndex index) {
  return std::max(ready_at(state, index), state.at(state.slots[state.people[index].slot].from));
}

Seats seats_of(const State& state, const std::vector<Seats>& by_slot,
               const playbook::Shift& shift) {
  Seats sum;
  for (SlotIndex s = 0; s < state.slots.size(); ++s) {
    if (state.playbook.posts[state.slots[s].post].shift != shift.id) continue;
    sum.required += by_slot[s].required;
    sum.filled += by_slot[s].filled;
    sum.on_time += by_slot[s].on_time;
    sum.arrived += by_slot[s].arrived;
  }
  return sum;
}

// Whether the post was filled after the last forecast, which then does not know about it.
bool was_filled_since(const State& state, PostIndex post, int filled) {
  if (filled < state.playbook.posts[post].count()) return false;
  if (state.held_at_review.sent.size() != state.slots.size()) return true;
  int held = 0;
  for (SlotIndex s = 0; s < state.slots.size(); ++s)
    held += state.slots[s].post == post ? state.held_at_review.sent[s] : 0;
  return held < filled;
}

std::vector<AreaLine> areas_of(const State& state, const std::vector<Seats>& by_slot,
                               const playbook::Shift& shift) {
  std::vector<AreaLine> lines;
  for (const playbook::Area& area : state.playbook.areas) {
    AreaLine line{area.id, area.title, area.priority, {}, 0, 0, {}, {}};
    std::map<PostIndex, int> filled;
    for (SlotIndex s = 0; s < state.slots.size(); ++s) {
      const Slot& slot = state.slots[s];
      const playbook::Post& post = state.playbook.posts[slot.post];
      if (post.area != area.id || post.shift != shift.id) continue;
      line.seats.required += by_slot[s].required;
      line.seats.filled += by_slot[s].filled;
      line.seats.on_time += by_slot[s].on_time;
      line.seats.arrived += by_slot[s].arrived;
      filled[slot.post] += by_slot[s].filled;
      const int missing = slot.count - by_slot[s].filled;
      if (missing <= 0) continue;
      const auto same = std::find_if(line.gaps.begin(), line.gaps.end(),
                                     [&](const Gap& gap) { return gap.post == post.id; });
      if (same == line.gaps.end())
        line.gaps.push_back({post.id, post.title, missing, state.at(slot.by)});
      else
        same->missing += missing;
    }
    for (const auto& [post, count] : filled) {
      const auto likely = least_likely(state, post);
      if (likely && !was_filled_since(state, post, count))
        line.forecast = std::min(line.forecast.value_or(1.0), *likely / 1000.0);
      const int minimum = state.playbook.posts[post].minimum;
      line.minimum += minimum;
      line.below_minimum += std::max(0, minimum - count);
    }
    std::stable_sort(line.gaps.begin(), line.gaps.end(),
                     [](const Gap& a, const Gap& b) { return a.by < b.by; });
    if (line.seats.required > 0) lines.push_back(std::move(line));
  }
  const auto badness = [](const AreaLine& line) {
    const int missing = line.seats.required - line.seats.filled;
    // An open post without a forecast: none was made yet, or its time has passed.
    const double likely = line.forecast.value_or(missing == 0 ? 1.0 : 0.0);
    return std::tuple{likely, missing == 0, line.priority, -line.below_minimum, -missing};
  };
  std::stable_sort(lines.begin(), lines.end(),
                   [&](const AreaLine& a, const AreaLine& b) { return badness(a) < badness(b); });
  return lines;
}

std::vector<RoleLine> roles_of(const State& state) {
  std::map<std::string, RoleLine> by_role;
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const Person& person = state.people[p];
    const bool reserved = person.status == Status::reserved;
    if (!reserved && !(person.status == Status::free && person.is_available())) continue;
    RoleLine& line = by_role[state.roster[p].role.str()];
    line.role = state.roster[p].role.str();
    ++line.pool;
    line.reserve += reserved ? 1 : 0;
  }
  std::vector<RoleLine> lines;
  for (auto& [role, line] : by_role) lines.push_back(std::move(line));
  std::stable_sort(lines.begin(), lines.end(),
                   [](const RoleLine& a, const RoleLine& b) { return a.pool > b.pool; });
  return lines;
}

// Who is in which seat, with the people on the road counted in `out`.
std::vector<Seats> count_seats(const State& state, Instant now, Board& out) {
  std::vector<Seats> by_slot(state.slots.size());
  for (SlotIndex s = 0; s < state.slots.size(); ++s) by_slot[s].required = state.slots[s].count;
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const Person& person = state.people[p];
    if (person.status != Status::assigned) continue;
    out.not_told += state.knows_decision(p) ? 0 : 1;
    const Slot& slot = state.slots[person.slot];
    const Instant arrives = arrival(state, p);
    Seats& seats = by_slot[person.slot];
    ++seats.filled;
    seats.on_time += arrives <= state.at(slot.by) ? 1 : 0;
    seats.arrived += person.arrived ? 1 : 0;
    out.rest_breaches += rest_broken_by(state, p, slot.post, arrives).empty() ? 0 : 1;
    if (person.arrived) continue;
    const auto band = std::find_if(kWithin.begin(), kWithin.end(),
                                   [&](base::Minutes most) { return arrives <= now + most; });
    for (auto at = band; at != kWithin.end(); ++at)
      ++out.inbound[static_cast<std::size_t>(at - kWithin.begin())];
    out.inbound_later += band == kWithin.end() ? 1 : 0;
  }
  // With a spare there are more people than seats.
  for (Seats& seats : by_slot)
    for (int* part : {&seats.filled, &seats.on_time, &seats.arrived})
      *part = std::min(*part, seats.required);
  return by_slot;
}

// The board without the telephone list and the unsent messages.
Board standing(const State& state, Instant now) {
  Board out;
  out.label = state.declared.label;
  out.title = state.playbook.title;
  out.organisation = state.declared.organisation;
  out.realness = state.declared.realness;
  out.declared_at = state.declared_at;
  out.ended_at = state.ended_at;
  out.ended_by = state.ended_by;
  out.ended_why = state.ended_why;
  out.counts = state.counts();

  const std::vector<Seats> by_slot = count_seats(state, now, out);
  const playbook::Shift& shift = state.running_shift(now);
  out.shift = shift.title;
  out.forecast_at = state.reviewed;
  out.seats = seats_of(state, by_slot, shift);
  out.areas = areas_of(state, by_slot, shift);
  out.roles = roles_of(state);
  for (std::size_t i = 0; i < kAhead.size(); ++i) {
    out.cover[i].ahead = kAhead[i];
    for (const playbook::Shift& later : state.playbook.shifts) {
      if (kAhead[i] < later.from || kAhead[i] >= later.until) continue;
      out.cover[i].planned = true;
      out.cover[i].seats = seats_of(state, by_slot, later);
    }
  }
  for (const std::uint64_t number : waiting(state)) {
    const Prompt& prompt = state.prompts[number - 1];
    out.waiting.push_back({number, prompt.flag, prompt.subject, prompt.advice,
                           default_of(state, prompt.flag), prompt.raised.has_value(),
                           expiry_of(state, prompt)});
  }
  out.duty_unknown = static_cast<int>(
      std::count_if(state.people.begin(), state.people.end(),
                    [](const Person& person) { return person.duty == roster::Duty::unknown; }));
  if (out.duty_unknown > 0) {
    const roster::Horizon horizon{state.rota, state.roster};
    out.rota = to_sentence(horizon.nearest(state.declared_at), state.declared_at);
    const std::vector<int> left = left_to_the_wards(state, now);
    out.left_to_wards = std::accumulate(left.begin(), left.end(), 0);
  }
  for (const Offer& offer : offers(state)) {
    ++out.offers_parked;
    out.offers_useful += offer.fills ? 1 : 0;
  }
  return out;
}

}  // namespace

Board board(const State& state, Instant now) {
  Board out = state.at_end ? standing(*state.at_end, *state.ended_at) : standing(state, now);
  out.at = now;
  if (state.at_end) out.waiting.clear();  // nobody can answer a prompt any more
  out.left_to_people = static_cast<int>(left_to_people(state, now).size());
  out.phone_list = static_cast<int>(calls(state, now, Taken::keep).size());
  for (const Person& person : state.people)
    out.wrong_numbers += person.wrong_numbers.empty() ? 0 : 1;
  out.unsent = static_cast<int>(state.outbox.size());
  out.traffic = traffic(state, now);
  return out;
}

}  // namespace tocsin::incident
