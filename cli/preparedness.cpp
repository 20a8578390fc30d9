#include "preparedness.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "roster/membership/reachability.h"

namespace tocsin::cli {

namespace {

// Assumed: to wake, answer and leave the house; and to walk there from the ward.
constexpr base::Minutes kLeaving{15};
constexpr base::Minutes kWalk{5};
// A staff group is one more skill to the allocation, kept apart from those of that name.
constexpr std::string_view kGroup = "group:";

std::string without_prefix(std::string reason) {
  for (auto at = reason.find(kGroup); at != std::string::npos; at = reason.find(kGroup))
    reason.replace(at, kGroup.size(), "the group ");
  return reason;
}

// "3 by 20 min, 6 by 60" is three seats by 20 and three more by 60.
void add_seats(const playbook::Playbook& playbook, const playbook::Post& post,
               std::vector<allocation::Post>& seats) {
  const playbook::Shift* shift = playbook.find_shift(post.shift);
  int before = 0;
  for (const playbook::Need& need : post.needs) {
    allocation::Post seat;
    seat.id = allocation::PostId{fmt::format("{}@{}", post.id.str(), need.by.count())};
    seat.area = post.area.str();
    seat.role = post.role.str();
    seat.shift = allocation::ShiftId{post.shift.str()};
    seat.priority = post.priority;
    seat.count = need.count - before;
    seat.minimum = std::clamp<std::int64_t>(post.minimum - before, 0, seat.count);
    for (const auto& skill : post.all_of) seat.skills.emplace_back(skill.str());
    for (const auto& skill : post.any_of) seat.any_skills.emplace_back(skill.str());
    if (!post.staff_group.empty())
      seat.skills.emplace_back(std::string{kGroup} + post.staff_group.str());
    seat.by = need.by;
    if (shift != nullptr) seat.from = shift->from;
    before = need.count;
    seats.push_back(std::move(seat));
  }
}

// Whoever is on duty and may leave: of each ward its share, those with the most skills first; all
// who work in an area of the playbook itself.
std::vector<bool> may_leave(const playbook::Playbook& playbook, const roster::Roster& roster,
                            const roster::Rota& rota, base::Instant at) {
  std::vector<bool> out(roster.size(), false);
  std::map<roster::WardId, std::vector<std::size_t>> wards;
  for (std::size_t i = 0; i < roster.size(); ++i)
    if (rota.duty_of(roster[i].id, at) == roster::Duty::on_duty) wards[roster[i].ward].push_back(i);
  for (auto& [ward, people] : wards) {
    const bool is_area = playbook.find_area(playbook::AreaId{ward.str()}) != nullptr;
    const double share = is_area ? 1.0 : playbook.limits.on_duty_share(ward.str());
    const auto count =
        static_cast<std::size_t>(std::floor(share * static_cast<double>(people.size()) + 1e-9));
    std::stable_sort(people.begin(), people.end(), [&](std::size_t a, std::size_t b) {
      return roster[a].skills.size() > roster[b].skills.size();
    });
    for (std::size_t i = 0; i < std::min(count, people.size()); ++i) out[people[i]] = true;
  }
  return out;
}

}  // namespace

allocation::Problem problem_at(const playbook::Playbook& playbook, const roster::Roster& roster,
                               const roster::Rota& rota, const roster::Membership& membership,
                               base::Instant at) {
  allocation::Problem problem;
  for (const playbook::Post& post : playbook.posts) add_seats(playbook, post, problem.posts);
  const std::vector<bool> leaves_ward = may_leave(playbook, roster, rota, at);
  for (std::size_t i = 0; i < roster.size(); ++i) {
    const roster::Responder& person = roster[i];
    const roster::Duty duty = rota.duty_of(person.id, at);
    if (!person.is_active() || duty == roster::Duty::absent) continue;
    const bool here = duty == roster::Duty::on_duty;
    if (here ? !leaves_ward[i] : roster::ways_to_reach(person, membership) == 0) continue;
    allocation::Responder one;
    one.id = allocation::ResponderId{person.id.str()};
    for (const roster::SkillId& skill : person.skills) one.skills.emplace_back(skill.str());
    if (!person.staff_group.empty())
      one.skills.emplace_back(std::string{kGroup} + person.staff_group.str());
    one.eta = here ? kWalk : person.travel + kLeaving;
    problem.responders.push_back(std::move(one));
  }
  return problem;
}

std::vector<allocation::Unfilled> unfillable(const playbook::Playbook& playbook,
                                             const roster::Roster& roster, const roster::Rota& rota,
                                             const roster::Membership& membership,
                                             base::Instant at) {
  const allocation::Solution solution =
      allocation::solve(problem_at(playbook, roster, rota, membership, at));
  std::vector<allocation::Unfilled> out;
  for (const allocation::Unfilled& part : solution.unfilled) {
    const allocation::PostId post{part.post.str().substr(0, part.post.str().rfind('@'))};
    const auto same = std::find_if(out.begin(), out.end(), [&](const allocation::Unfilled& other) {
      return other.post == post;
    });
    if (same == out.end())
      out.push_back({post, part.missing, without_prefix(part.reason)});
    else
      same->missing += part.missing;
  }
  return out;
}

}  // namespace tocsin::cli
