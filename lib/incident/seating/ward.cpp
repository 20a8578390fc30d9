#include "incident/seating/ward.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <string_view>

#include "allocation/solve.h"
#include "base/text.h"
#include "incident/seating/arrival.h"
#include "incident/seating/seats.h"

namespace tocsin::incident {

namespace {

using allocation::Problem;

// Whether somebody on duty will not come to the seat that they were sent to, so that another person
// may leave the ward instead.
bool is_lost_to_ward(const Person& person) {
  return person.left || person.missed || person.status == Status::released;
}

bool is_on_duty(const Person& person) {
  return person.duty == roster::Duty::on_duty && !is_lost_to_ward(person);
}

// Somebody who has said anything, or has a seat, is reckoned with by name.
bool may_be_on_duty(const Person& person) {
  return person.usually_on_duty && person.answer == Answer::none && !person.arrived &&
         person.status == Status::free && !is_lost_to_ward(person);
}

enum class Known : std::uint8_t { only, and_usual };

// How many more may leave each ward.
std::map<std::string_view, int> room_of(const State& state, Known known) {
  std::map<std::string_view, int> on_duty;
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    if (state.people[p].duty == roster::Duty::on_duty ||
        (known == Known::and_usual && state.people[p].usually_on_duty))
      ++on_duty[state.roster[p].ward.str()];
  std::map<std::string_view, int> room;
  for (const auto& [ward, count] : on_duty)
    room[ward] =
        static_cast<int>(std::floor(count * state.playbook.limits.on_duty_share(ward) + 1e-9));
  return room;
}

// The seats of the first shift only, because people on duty now will be tired in the next one.
Problem first_shift_of(const State& state) {
  Problem problem = seats_of(state);
  std::erase_if(problem.posts, [&](const allocation::Post& post) {
    return post.shift.str() != state.playbook.shifts.front().id.str();
  });
  return problem;
}

bool works_there(const roster::Responder& row, const allocation::Post& post) {
  return base::to_lower(row.ward.str()) == base::to_lower(post.area);
}

// The seat that each of these people would be given from their ward, as an id of the problem, which
// has the posts. A ward gives no more than its room.
std::map<PersonIndex, allocation::PostId> seats_from_wards(
    const State& state, Problem problem, const std::vector<PersonIndex>& people,
    const std::map<std::string_view, int>& room) {
  std::map<std::string, std::size_t> by_id;
  for (const PersonIndex p : people) {
    const Person& person = state.people[p];
    allocation::Responder r;
    r.id = allocation::ResponderId{state.roster[p].id.str()};
    qualify(r, state, p);
    r.eta = kWalk;
    if (person.status == Status::assigned && !state.is_relief(state.slots[person.slot].post))
      r.fixed = slot_id(state, state.slots[person.slot]);
    by_id[r.id.str()] = problem.responders.size();
    problem.responders.push_back(std::move(r));
  }
  std::map<std::string, const allocation::Post*> post_by_id;
  for (const allocation::Post& post : problem.posts) post_by_id[post.id.str()] = &post;

  // Allocate, keep the surplus of each ward on it, and allocate again until no ward gives too many.
  for (;;) {
    const allocation::Solution best = allocation::solve(problem);
    std::map<std::string_view, int> left = room;
    bool is_too_many = false;
    std::map<PersonIndex, allocation::PostId> chosen;
    for (const allocation::Assignment& a : best.assignments) {  // the most important seats first
      const std::size_t at = by_id.at(a.responder.str());
      const roster::Responder& row = state.roster[people[at]];
      chosen.emplace(people[at], a.post);
      if (works_there(row, *post_by_id.at(a.post.str()))) continue;
      allocation::Responder& r = problem.responders[at];
      if (left[row.ward.str()]-- > 0 || r.fixed) continue;
      is_too_many = true;
      for (const allocation::Post& post : problem.posts)
        if (!works_there(row, post)) r.barred.push_back(post.id);
    }
    if (!is_too_many) return chosen;
  }
}

}  // namespace

AtWork at_work(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  if (!is_on_duty(person)) return {};
  const bool has_seat = person.status == Status::assigned;
  return {true, has_seat ? std::optional{person.slot} : std::nullopt};
}

std::vector<bool> may_leave_ward(const State& state) {
  std::vector<PersonIndex> people;
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    if (is_on_duty(state.people[p])) people.push_back(p);
  std::vector<bool> chosen(state.people.size(), false);
  for (const auto& [person, seat] :
       seats_from_wards(state, first_shift_of(state), people, room_of(state, Known::only)))
    chosen[person] = true;
  return chosen;
}

std::vector<int> left_to_the_wards(const State& state, base::Instant now) {
  std::vector<int> left(state.slots.size(), 0);
  std::vector<PersonIndex> people;
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    if (may_be_on_duty(state.people[p])) people.push_back(p);
  if (people.empty()) return left;
  // Those who are known to be on duty take their seats first, and the seats that others hold are
  // gone.
  std::vector<int> held(state.slots.size(), 0);
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const Person& person = state.people[p];
    if (is_on_duty(person))
      people.push_back(p);
    else if (person.status == Status::assigned)
      ++held[person.slot];
  }
  std::map<std::string, SlotIndex> slots;
  Problem problem = first_shift_of(state);
  for (SlotIndex s = 0; s < state.slots.size(); ++s)
    slots.emplace(slot_id(state, state.slots[s]).str(), s);
  for (allocation::Post& post : problem.posts)
    post.count = std::max<std::int64_t>(0, post.count - held[slots.at(post.id.str())]);
  for (const auto& [person, seat] :
       seats_from_wards(state, std::move(problem), people, room_of(state, Known::and_usual))) {
    const SlotIndex s = slots.at(seat.str());
    if (!is_on_duty(state.people[person]) && now < state.at(state.slots[s].by)) ++left[s];
  }
  return left;
}

}  // namespace tocsin::incident
