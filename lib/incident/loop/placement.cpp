#include "incident/loop/placement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "incident/message/notice.h"
#include "incident/seating/arrival.h"
#include "incident/state/reach.h"

namespace tocsin::incident {

namespace {

using playbook::MessageKind;

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

base::Instant arrival(const State& state, PersonIndex index, const Slot& slot, base::Instant now) {
  base::Instant ready = ready_at(state, index);
  if (is_held_back(state, index) && !state.is_relief(slot.post))
    ready = std::max(ready, now + state.roster[index].travel);
  return std::max(ready, state.at(slot.from));
}

std::string reason(const State& state, const Pool& pool, PersonIndex index, const Slot& slot,
                   base::Instant now) {
  const Person& person = state.people[index];
  const base::Instant arrives = arrival(state, index, slot, now);
  if (person.pinned) return person.status_why;
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
                                   arrival(state, p, slot, now),
                                   reason(state, pool, p, slot, now)});
      continue;
    }
    const bool displaced = person.status == Status::assigned;
    const bool answered_yes = person.status == Status::free && person.is_available();
    if (!displaced && !answered_yes) continue;
    // An offer was acknowledged and waits in the pool until it helps.
    if (!displaced && person.offered && !person.was_asked() && !person.arrived) continue;
    if (displaced && person.duty == roster::Duty::on_duty && person.answer == Answer::none) {
      events.emplace_back(StoodDown{id, "back to the ward: the post has gone to somebody else"});
    } else if (reserved < reserve && person.answer != Answer::no &&
               can_help_first_shift(state, p)) {
      ++reserved;
      events.emplace_back(Reserved{id, "every post is taken; first in line for a gap"});
    } else {
      events.emplace_back(StoodDown{id, "every post that they can hold is taken"});
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
    const bool concerned = person.status == Status::assigned || person.status == Status::reserved ||
                           (person.status == Status::free &&
                            (person.was_asked() || person.offered) && person.answer != Answer::no);
    if (concerned) events.emplace_back(StoodDown{state.roster[p].id, "the incident has ended"});
  }
  return events;
}

std::vector<Body> inform(const State& state, const std::vector<PersonIndex>& people,
                         base::Instant now, base::Random& ids) {
  std::vector<Body> events;
  const auto issue = [&](PersonIndex p, MessageKind kind, const PostId& post) {
    const Person& person = state.people[p];
    const bool answered_reachably =
        !person.answered_on.empty() && can_reach(state, p, person.answered_on);
    const auto channel =
        answered_reachably ? std::optional{person.answered_on} : next_channel(state, p);
    // Somebody in the building without any channel hears it from their lead.
    if (!channel) return;
    events.emplace_back(Issued{seal::random_message_id(ids), state.roster[p].id, kind, *channel,
                               post, 0, now + kMessageLife, "", person.status_why});
  };
  for (const PersonIndex p : people) {
    const Person& person = state.people[p];
    switch (person.status) {
      case Status::assigned: {
        // People with a seat in a later shift are told to sleep; people in reserve, to stay near
        // the telephone.
        const PostIndex seat = state.slots[person.slot].post;
        const PostId& post = state.playbook.posts[seat].id;
        if (person.told != Status::assigned || person.told_post != post)
          issue(p, state.is_relief(seat) ? MessageKind::reserve : MessageKind::assigned, post);
        break;
      }
      case Status::reserved:
        if (person.told != Status::reserved) issue(p, MessageKind::standby, {});
        break;
      case Status::stood_down:
        // Somebody who was not rung yet is not rung only to hear that they are not needed.
        if (person.told != Status::stood_down && !person.uncalled)
          issue(p, MessageKind::stand_down, {});
        break;
      case Status::released:
        // Somebody who left by themselves knows it; somebody who was released is told.
        if (!person.left && person.told != Status::stood_down && person.told != Status::free)
          issue(p, MessageKind::stand_down, {});
        break;
      case Status::free:
        if (person.offered && !person.acknowledged && !person.was_asked())
          issue(p, MessageKind::offer_acknowledgement, {});
        break;
    }
  }
  return events;
}

}  // namespace tocsin::incident
