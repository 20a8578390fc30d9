#include "incident/seating/pool.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "base/text.h"
#include "incident/seating/arrival.h"
#include "incident/seating/rest.h"
#include "incident/seating/seats.h"
#include "incident/seating/spare.h"
#include "incident/seating/ward.h"

namespace tocsin::incident {

namespace {

using allocation::Allocator;
using allocation::Problem;
using allocation::Responder;

}  // namespace

void Pool::follow(const State& state, base::Instant now) {
  const base::Minutes grid = (state.minutes_to(now) + kGrid - base::Minutes{1}) / kGrid * kGrid;
  const bool time_moved = grid != grid_;
  grid_ = grid;
  if (!allocator_ || needs_revision_ != state.needs_revision || people_ != state.people.size()) {
    rebuild(state);
    return;
  }
  std::set<PersonIndex> fresh(state.touched.begin() + static_cast<std::ptrdiff_t>(seen_),
                              state.touched.end());
  seen_ = state.touched.size();
  if (time_moved)
    for (PersonIndex p = 0; p < state.people.size(); ++p)
      if (is_held_back(state, p)) fresh.insert(p);
  if (state.spare_review.number != spare_review_) fresh.merge(follow_risks(state));
  fresh.merge(follow_orders(state, fresh));
  fresh.merge(follow_wards(state, fresh));
  for (const PersonIndex person : fresh) refresh(state, person);
}

// Who may leave a ward follows from what became of all who are on duty, so that a process that
// begins now chooses the same people.
std::set<PersonIndex> Pool::follow_wards(const State& state, const std::set<PersonIndex>& fresh) {
  std::set<PersonIndex> concerned;
  if (std::none_of(fresh.begin(), fresh.end(),
                   [&](PersonIndex p) { return at_work_[p] != at_work(state, p); }))
    return concerned;
  std::vector<bool> chosen = may_leave_ward(state);
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    if (chosen[p] != from_duty_[p]) concerned.insert(p);
    at_work_[p] = at_work(state, p);
  }
  from_duty_ = std::move(chosen);
  return concerned;
}

// People who said yes and could be a spare for a seat that is now at risk, or not any more.
std::set<PersonIndex> Pool::follow_risks(const State& state) {
  spare_review_ = state.spare_review.number;
  const std::set<SlotIndex> before = std::exchange(at_risk_, seats_at_risk(state));
  std::vector<SlotIndex> changed;
  std::set_symmetric_difference(before.begin(), before.end(), at_risk_.begin(), at_risk_.end(),
                                std::back_inserter(changed));
  std::set<PersonIndex> concerned;
  for (PersonIndex p = 0; p < state.people.size() && !changed.empty(); ++p)
    if (state.people[p].answer == Answer::coming &&
        std::any_of(changed.begin(), changed.end(),
                    [&](SlotIndex s) { return state.can_hold(p, state.slots[s].post); }))
      concerned.insert(p);
  return concerned;
}

// The seat of somebody who is pinned depends on who else is pinned to the post. So when an order
// changes, everybody with one is concerned.
std::set<PersonIndex> Pool::follow_orders(const State& state, const std::set<PersonIndex>& fresh) {
  bool is_changed = false;
  for (const PersonIndex p : fresh) {
    is_changed = is_changed || pinned_[p] != state.people[p].pinned;
    pinned_[p] = state.people[p].pinned;
  }
  std::set<PersonIndex> concerned;
  for (PersonIndex p = 0; p < state.people.size() && is_changed; ++p)
    if (pinned_[p]) concerned.insert(p);
  return concerned;
}

void Pool::rebuild(const State& state) {
  needs_revision_ = state.needs_revision;
  people_ = state.people.size();
  seen_ = state.touched.size();
  slot_ids_.clear();
  slot_by_id_.clear();
  filled_.assign(state.slots.size(), 0);
  open_.assign(state.playbook.posts.size(), 0);
  for (const Slot& slot : state.slots) {
    const auto index = static_cast<SlotIndex>(slot_ids_.size());
    slot_by_id_.emplace(slot_id(state, slot), Seat{index, false});
    slot_by_id_.emplace(spare_id(state, slot), Seat{index, true});
    slot_ids_.push_back(slot_id(state, slot));
    open_[slot.post] += slot.count;
  }
  from_duty_ = may_leave_ward(state);
  at_work_.clear();
  for (PersonIndex p = 0; p < state.people.size(); ++p) at_work_.push_back(at_work(state, p));
  pinned_.clear();
  for (const Person& person : state.people) pinned_.push_back(person.pinned);
  spare_review_ = state.spare_review.number;
  at_risk_ = seats_at_risk(state);
  Problem problem = seats_of(state);
  for (const Slot& slot : state.slots)
    if (!state.is_relief(slot.post)) problem.posts.push_back(spare_for(state, slot));
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    if (auto r = responder(state, p)) problem.responders.push_back(std::move(*r));
    changed_.insert(p);
  }
  allocator_.emplace(problem);
  seats_.assign(state.people.size(), std::nullopt);
  for (const Responder& r : problem.responders)
    seat(state, *state.person_index(PersonId{r.id.str()}), allocator_->post_of(r.id));
}

void Pool::seat(const State& state, PersonIndex person,
                const std::optional<allocation::PostId>& post) {
  std::optional<Seat>& seat = seats_[person];
  const auto count = [&](int change) {
    if (seat->is_spare) return;
    filled_[seat->slot] += change;
    open_[state.slots[seat->slot].post] -= change;
  };
  if (seat) count(-1);
  seat = post ? std::optional{slot_by_id_.at(*post)} : std::nullopt;
  if (seat) count(1);
}

void Pool::refresh(const State& state, PersonIndex person) {
  changed_.insert(person);
  const allocation::ResponderId id{state.roster[person].id.str()};
  const Responder* before = allocator_->find(id);
  const auto now = responder(state, person);
  if (now && before == nullptr)
    note(state, allocator_->add(*now));
  else if (now && !(*before == *now))
    note(state, allocator_->change(*now));
  else if (!now && before != nullptr)
    note(state, allocator_->remove(id));
}

void Pool::open_to_all(const State& state, std::set<PostIndex> posts) {
  if (posts == open_to_all_) return;
  open_to_all_ = std::move(posts);
  for (const PersonIndex p : state.kept_out) refresh(state, p);
}

bool Pool::is_in(const State& state, PersonIndex index) const {
  const Person& person = state.people[index];
  if (person.left || person.missed || person.status == Status::released) return false;
  if (person.pinned) return true;
  if (person.status == Status::assigned)
    return person.arrived || (person.answer == Answer::none ? person.duty == roster::Duty::on_duty
                                                            : person.answer != Answer::no);
  // Who has come has left the ward already.
  if (person.duty == roster::Duty::on_duty && person.answer == Answer::none && !person.arrived)
    return from_duty_[index];
  if (!person.is_available()) return false;
  return !person.is_kept_out() ||
         std::any_of(open_to_all_.begin(), open_to_all_.end(),
                     [&](PostIndex post) { return state.can_hold(index, post); });
}

namespace {

// A pinned person takes the earliest seat of the post that other pinned people leave open; without
// one, the last.
std::optional<SlotIndex> pinned_seat(const State& state, PersonIndex index) {
  const auto& pinned = state.people[index].pinned;
  if (!pinned) return std::nullopt;
  int ahead = 0;
  for (PersonIndex p = 0; p < index; ++p) ahead += state.people[p].pinned == pinned ? 1 : 0;
  std::optional<SlotIndex> seat;
  for (SlotIndex s = 0; s < state.slots.size(); ++s) {
    if (state.slots[s].post != *pinned) continue;
    seat = s;
    ahead -= state.slots[s].count;
    if (ahead < 0) break;
  }
  return seat;
}

}  // namespace

// Whether the person, who could hold the seat, must not be given it tonight.
bool Pool::is_barred(const State& state, PersonIndex index, SlotIndex s, base::Minutes eta) const {
  const Person& person = state.people[index];
  const Slot& slot = state.slots[s];
  const auto position = static_cast<std::size_t>(state.shift_position(slot.post));
  const std::vector<playbook::Shift>& shifts = state.playbook.shifts;
  // Somebody who arrives near the end of a shift comes for the next one.
  const base::Minutes ends =
      shifts[position].until - (position + 1 < shifts.size() ? kBeforeShift : base::Minutes{0});
  // The reply "later" means the next shift, not a late start in this one.
  const bool too_late =
      eta >= ends || (person.answer == Answer::later && !person.arrived && eta > slot.by);
  // Somebody who works tonight, on duty or called in, sleeps during the next shift.
  const bool at_work = state.is_relief(slot.post) &&
                       (person.duty == roster::Duty::on_duty ||
                        (person.arrived && *person.arrived < state.at(slot.from) - kBeforeShift));
  const bool kept_out = person.is_kept_out() && !open_to_all_.contains(slot.post);
  return too_late || at_work || kept_out;
}

std::optional<Responder> Pool::responder(const State& state, PersonIndex index) const {
  if (!is_in(state, index)) return std::nullopt;
  const Person& person = state.people[index];
  const roster::Responder& row = state.roster[index];
  Responder out;
  out.id = allocation::ResponderId{row.id.str()};
  qualify(out, state, index);
  out.eta = state.minutes_to(planned_arrival(state, index));
  if (is_held_back(state, index)) {
    const base::Minutes called_now = grid_ + planned_journey(row.travel);
    // They set out in time for the seat that they hold.
    out.eta = std::max(out.eta, person.status == Status::assigned
                                    ? std::min(called_now, state.slots[person.slot].from)
                                    : called_now);
  }
  out.last_resort = person.answer == Answer::last_resort;

  const roster::RestRules rules = rest_rules(state);
  for (const playbook::Shift& shift : state.playbook.shifts) {
    // Somebody who is here already does not get their rest back by being sent home.
    if (person.arrived) break;
    const base::Instant from = state.at(std::max(shift.from, out.eta));
    const base::Instant until = state.at(shift.until);
    if (from < until && !roster::breaches(state.rota, rules, row.id, from, until).empty())
      out.breaches.emplace_back(shift.id.str());
  }
  if (const auto seat = pinned_seat(state, index)) out.fixed = slot_ids_[*seat];
  if (person.status == Status::assigned) out.told = slot_ids_[person.slot];
  for (const SlotIndex s : at_risk_)
    if (out.breaches.empty() && may_be_spare(state, index, s))
      out.listed.push_back(spare_id(state, state.slots[s]));
  if (!person.pinned)
    for (SlotIndex s = 0; s < state.slots.size(); ++s)
      if (state.can_hold(index, state.slots[s].post) && is_barred(state, index, s, out.eta))
        out.barred.push_back(slot_ids_[s]);
  return out;
}

void Pool::note(const State& state, const std::vector<allocation::Move>& moves) {
  for (const allocation::Move& move : moves) {
    const PersonIndex person = *state.person_index(PersonId{move.responder.str()});
    changed_.insert(person);
    seat(state, person, move.to);
  }
}

std::vector<EmptySeats> Pool::empty_seats(const State& state) const {
  std::vector<EmptySeats> out;
  for (const allocation::Unfilled& part : allocator_->solution().unfilled) {
    const Seat& seat = slot_by_id_.at(part.post);
    if (seat.is_spare) continue;
    const PostIndex post = state.slots[seat.slot].post;
    const auto same = std::find_if(out.begin(), out.end(),
                                   [&](const EmptySeats& other) { return other.post == post; });
    if (same == out.end())
      out.push_back({post, part.missing, part.reason});
    else
      same->count += part.missing;
  }
  return out;
}

std::vector<PersonIndex> Pool::take_changed() {
  std::vector<PersonIndex> out(changed_.begin(), changed_.end());
  changed_.clear();
  return out;
}

}  // namespace tocsin::incident
