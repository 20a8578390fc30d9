#include "drill/report/hindsight.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

#include "allocation/solve.h"
#include "drill/people/broadcast.h"
#include "incident/seating/seats.h"

namespace tocsin::drill {

namespace {

using base::Minutes;
using incident::Answer;
using incident::PersonIndex;
using incident::State;

// When somebody at home would arrive; nullopt when they would not.
std::optional<Minutes> arrival_from_home(const State& state, const Night& night,
                                         PersonIndex person) {
  if (!could_be_asked(state, person) || !night.notices || night.changes_mind) return std::nullopt;
  if (night.says == Answer::no) return std::nullopt;
  if (night.says == Answer::later) return night.later_from;
  return std::chrono::ceil<Minutes>(night.reply_delay + night.journey);
}

allocation::Problem problem_of(const State& state, const People& people) {
  allocation::Problem problem = incident::seats_of(state);
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const incident::Person& person = state.people[p];
    const bool on_duty = person.duty == roster::Duty::on_duty;
    allocation::Responder r;
    if (on_duty) {
      // Of the staff on duty, count those who came to a post. The ward needed the others.
      if (person.status != incident::Status::assigned || !people.arrival(p)) continue;
      r.eta = std::chrono::ceil<Minutes>(people.night(p).walk);
    } else if (const auto arrival = arrival_from_home(state, people.night(p), p)) {
      r.eta = *arrival;
    } else {
      continue;
    }
    r.id = allocation::ResponderId{state.roster[p].id.str()};
    incident::qualify(r, state, p);
    const bool later = !on_duty && people.night(p).says == Answer::later;
    for (const incident::Slot& slot : state.slots)
      if (state.is_relief(slot.post) ? on_duty : later)
        r.barred.push_back(incident::slot_id(state, slot));
    problem.responders.push_back(std::move(r));
  }
  return problem;
}

}  // namespace

Hindsight look_back(const State& state, const People& people) {
  Hindsight best;
  allocation::Problem problem = problem_of(state, people);
  const allocation::Solution all = allocation::solve(problem);
  best.relief_filled =
      std::none_of(all.unfilled.begin(), all.unfilled.end(), [&](const auto& empty) {
        const auto post = std::find_if(problem.posts.begin(), problem.posts.end(),
                                       [&](const auto& p) { return p.id == empty.post; });
        return post->stage > 0;
      });
  std::erase_if(problem.posts,
                [](const auto& post) { return post.stage > 0 || post.priority > 1; });
  const allocation::Solution first = allocation::solve(problem);
  best.first_on_time = first.unfilled.empty() &&
                       std::all_of(first.assignments.begin(), first.assignments.end(),
                                   [](const allocation::Assignment& a) { return a.on_time; });
  return best;
}

}  // namespace tocsin::drill
