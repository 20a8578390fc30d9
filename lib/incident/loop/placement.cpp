#include "incident/loop/placement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "incident/seating/arrival.h"

namespace tocsin::incident {

namespace {

// How many people are kept in reserve for each seat of the first shift: the changes of mind (4 %)
// and no-shows that published figures give, doubled. Assumed.
constexpr double kReserveShare = 0.1;

int reserve_size(const State& state) {
  int seats = 0;
  for (const Slot& slot : state.slots) seats += state.is_relief(slot.post) ? 0 : slot.count;
  return static_cast<int>(std::ceil(seats * kReserveShare));
}

bool can_help_first_shift(const State& state, PersonIndex person) {
  for (PostIndex p = 0; p < state.playbook.posts.size(); ++p)
    if (!state.is_relief(p) && state.can_hold(person, p)) return true;
  return false;
}

std::string reason(const State& state, const Pool& pool, PersonIndex index, const Slot& slot,
                   base::Instant now) {
  const Person& person = state.people[index];
  const base::Instant arrives = arrival_for(state, index, slot, now);
  if (person.pinned) return person.pinned_why;
  if (pool.is_spare(index))
    return fmt::format("said yes; sent as one more, in case somebody else is late; arrives {}",
                       base::local_clock(arrives));
  const char* source = person.arrived                         ? "is here"
                       : person.duty == roster::Duty::on_duty ? "on duty nearby"
                       : person.answer == Answer::last_resort
                           ? "said only if we are short, and we are"
                           : "said yes";
  return fmt::format("{}; arrives {}, needed by {}", source, base::local_clock(arrives),
                     base::local_clock(state.at(slot.by)));
}

// Whether a post that they can hold has an open seat.
bool is_open_for(const State& state, const Pool& pool, PersonIndex person) {
  for (PostIndex p = 0; p < state.playbook.posts.size(); ++p)
    if (pool.open_by_post()[p] > 0 && state.can_hold(person, p)) return true;
  return false;
}

// Why somebody who said yes gets no seat now.
std::string_view seatless(const State& state, const Pool& pool, PersonIndex index) {
  const Person& person = state.people[index];
  if (person.answer == Answer::last_resort && !person.arrived) return "said only if we are short";
  if (person.pinned) return "the post that a coordinator gave them needs nobody more";
  if (!is_open_for(state, pool, index)) return "every post that they can hold is taken";
  // Who is here is late for nothing.
  return person.arrived ? "the posts that are open are of another shift"
                        : "comes too late for the posts that are open";
}

}  // namespace

std::vector<Body> place(const State& state, const Pool& pool,
                        const std::vector<PersonIndex>& people, base::Instant now) {
  std::vector<Body> events;
  int reserved = static_cast<int>(state.reserved.size());
  const int reserve = reserve_size(state);
  for (const PersonIndex p : people) {
    const Person& person = state.people[p];
    const PersonId& id = state.roster[p].id;
    if (const auto seat = pool.seat_of(p)) {
      if (person.status == Status::assigned && person.slot == *seat) continue;
      const Slot& slot = state.slots[*seat];
      events.emplace_back(Assigned{id, state.playbook.posts[slot.post].id, slot.tranche,
                                   arrival_for(state, p, slot, now),
                                   reason(state, pool, p, slot, now)});
      continue;
    }
    const bool displaced = person.status == Status::assigned;
    const bool answered_yes = person.status == Status::free && person.is_available();
    if (!displaced && !answered_yes) continue;
    // An offer was acknowledged and waits in the pool until it helps.
    if (!displaced && person.offered && !person.was_asked() && !person.arrived) continue;
    const bool has_said_nothing = person.answer == Answer::none && !person.arrived;
    if (displaced && has_said_nothing && person.duty == roster::Duty::on_duty) {
      events.emplace_back(StoodDown{id, "back to the ward: the post has gone to somebody else"});
    } else if (displaced && has_said_nothing) {  // the clock was wrong (State::take_duties)
      events.emplace_back(StoodDown{id, "not on duty now, as a clock that was wrong had it"});
    } else if (reserved < reserve && person.answer != Answer::no &&
               can_help_first_shift(state, p)) {
      ++reserved;
      events.emplace_back(
          Reserved{id, fmt::format("{}; first in line for a gap", seatless(state, pool, p))});
    } else {
      events.emplace_back(StoodDown{id, std::string{seatless(state, pool, p)}});
    }
  }
  return events;
}

std::vector<Body> stand_down_silent(const State& state, const Wants& wants, base::Instant now) {
  std::vector<Body> events;
  for (const PersonIndex p : state.silent)
    if (!wants.want(p, now))
      events.emplace_back(StoodDown{
          state.roster[p].id, "every post that they can hold was filled before they answered"});
  return events;
}

std::vector<Body> stand_down_all(const State& state) {
  std::vector<Body> events;
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const Person& person = state.people[p];
    const bool is_sent_for = person.status == Status::assigned || person.status == Status::reserved;
    const bool has_heard_of_it = !person.messages.empty() || person.reached;
    const bool has_left = person.status == Status::released && person.left && !person.let_go;
    if (is_sent_for || has_left || (person.status == Status::free && has_heard_of_it))
      events.emplace_back(StoodDown{state.roster[p].id, "the incident has ended"});
  }
  return events;
}

}  // namespace tocsin::incident
