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

bool is_on_duty(const Person& person) {
  return person.duty == roster::Duty::on_duty && !is_lost_to_ward(person);
}

// How many more may leave each ward.
std::map<std::string_view, int> room_of(const State& state) {
  std::map<std::string_view, int> on_duty;
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    if (state.people[p].duty == roster::Duty::on_duty) ++on_duty[state.roster[p].ward.str()];
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

}  // namespace

bool is_lost_to_ward(const Person& person) {
  return person.left || person.missed || person.status == Status::released;
}

std::vector<bool> may_leave_ward(const State& state) {
  Problem problem = first_shift_of(state);
  std::vector<PersonIndex> people;  // in the order of the responders
  std::map<std::string, std::size_t> by_id;
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const Person& person = state.people[p];
    if (!is_on_duty(person)) continue;
    allocation::Responder r;
    r.id = allocation::ResponderId{state.roster[p].id.str()};
    qualify(r, state, p);
    r.eta = kWalk;
    if (person.status == Status::assigned && !state.is_relief(state.slots[person.slot].post))
      r.fixed = slot_id(state, state.slots[person.slot]);
    by_id[r.id.str()] = people.size();
    people.push_back(p);
    problem.responders.push_back(std::move(r));
  }
  std::map<std::string, const allocation::Post*> post_by_id;
  for (const allocation::Post& post : problem.posts) post_by_id[post.id.str()] = &post;

  // Allocate, keep the surplus of each ward on it, and allocate again until no ward gives too many.
  const std::map<std::string_view, int> room = room_of(state);
  for (;;) {
    const allocation::Solution best = allocation::solve(problem);
    std::map<std::string_view, int> left = room;
    bool is_too_many = false;
    std::vector<bool> chosen(state.people.size(), false);
    for (const allocation::Assignment& a : best.assignments) {  // the most important seats first
      const std::size_t at = by_id.at(a.responder.str());
      const roster::Responder& row = state.roster[people[at]];
      chosen[people[at]] = true;
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

}  // namespace tocsin::incident
