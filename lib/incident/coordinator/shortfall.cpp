#include "incident/coordinator/shortfall.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "incident/calling/answer_window.h"
#include "incident/calling/candidate.h"
#include "incident/calling/staff_group.h"
#include "incident/seating/rest.h"
#include "incident/state/reach.h"

namespace tocsin::incident {

namespace {

using base::Instant;

// How long before a later shift a neighbour is asked.
constexpr base::Minutes kAhead{4 * 60};

// Whether the forecast is below the playbook's target for the post's priority.
bool is_unlikely(const State& state, PostIndex post) {
  const auto likely = least_likely(state, post);
  const double target =
      state.playbook.limits.confidence(state.playbook.posts[post].priority) * 1000;
  return !likely || *likely < target;
}

// The seats of an exhausted post for which nobody is left, not even a silent person.
int out_of_reach(const State& state, PostIndex post, int open, Instant now) {
  if (open <= 0 || !state.exhausted.contains(post) || !is_unlikely(state, post)) return 0;
  const auto left =
      std::count_if(state.silent.begin(), state.silent.end(), [&](PersonIndex person) {
        return state.can_hold(person, post) && may_still_answer(state, person, now);
      });
  return std::max(0, open - static_cast<int>(left));
}

}  // namespace

std::optional<int> least_likely(const State& state, PostIndex post) {
  std::optional<int> least;
  for (const SeatOutlook& seat : state.outlook)
    if (seat.post == state.playbook.posts[post].id &&
        (!least || static_cast<int>(seat.per_mille) < *least))
      least = static_cast<int>(seat.per_mille);
  return least;
}

std::vector<Shortfall> shortfalls_of(const State& state, const playbook::Area& area, Instant now) {
  std::vector<Shortfall> shortfalls;
  if (state.exhausted.empty()) return shortfalls;
  const auto lead = missing_lead(state, area, now);
  for (const PostIndex p : state.exhausted) {
    const playbook::Post& post = state.playbook.posts[p];
    if (post.area != area.id || p == lead) continue;
    const playbook::Shift& shift = *state.playbook.find_shift(post.shift);
    if (now < state.at(shift.from) - kAhead || now >= state.at(shift.until)) continue;
    const int missing = out_of_reach(state, p, state.open_seats(p), now);
    if (missing == 0) continue;
    shortfalls.push_back({p, missing, post.count() - missing >= std::max(1, post.minimum)});
  }
  return shortfalls;
}

std::optional<PostIndex> missing_lead(const State& state, const playbook::Area& area, Instant now) {
  const auto position = static_cast<int>(&area - state.playbook.areas.data());
  const int shift = state.running_shift_position(now);
  for (PostIndex p = 0; p < state.playbook.posts.size(); ++p) {
    if (state.area_position(p) != position || state.shift_position(p) != shift) continue;
    if (!state.is_lead(p) || !state.holders[p].people.empty()) continue;
    const playbook::Post& post = state.playbook.posts[p];
    if (post.count() == 0) continue;
    const bool is_late = state.at(post.needs.front().by) <= now;
    if (is_late || out_of_reach(state, p, post.count(), now) == post.count()) return p;
  }
  return std::nullopt;
}

std::vector<PostIndex> rest_only(const State& state, Instant now) {
  std::vector<PostIndex> suspects;
  const std::vector<int> open = state.open_seats();
  for (PostIndex p = 0; p < open.size(); ++p)
    if (open[p] > 0 && !state.is_relief(p) && !state.exhausted.contains(p) && is_unlikely(state, p))
      suspects.push_back(p);
  std::vector<PostIndex> tired;  // suspects for which only people are left who would break rest
  for (PersonIndex p = 0; p < state.people.size() && !suspects.empty(); ++p) {
    const bool can_help = std::any_of(suspects.begin(), suspects.end(),
                                      [&](PostIndex post) { return state.can_hold(p, post); });
    if (!can_help) continue;
    const bool is_waited_for = state.silent.contains(p) && may_still_answer(state, p, now);
    if (!is_waited_for && !is_candidate(state, p)) continue;
    if (!would_break_rest(state, p))
      std::erase_if(suspects, [&](PostIndex post) { return state.can_hold(p, post); });
    else
      std::copy_if(suspects.begin(), suspects.end(), std::back_inserter(tired),
                   [&](PostIndex post) { return state.can_hold(p, post); });
  }
  std::erase_if(suspects, [&](PostIndex post) {
    return std::find(tired.begin(), tired.end(), post) == tired.end();
  });
  return suspects;
}

std::string reason_of(const State& state, const std::vector<Shortfall>& shortfalls) {
  const StaffGroups groups = staff_groups_of(state);
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    if (groups.is_used_up(p) && (is_candidate(state, p) || may_be_asked_again(state, p)) &&
        std::any_of(shortfalls.begin(), shortfalls.end(),
                    [&](const Shortfall& shortfall) { return state.can_hold(p, shortfall.post); }))
      return "as many were called as largest_share allows";
  return "nobody is left on the roster";
}

std::string words_of(const State& state, const Shortfall& shortfall) {
  return fmt::format("{} {}", shortfall.missing, state.playbook.posts[shortfall.post].title);
}

std::optional<PersonIndex> stand_in(const State& state, const playbook::Area& area, Instant now) {
  const auto position = static_cast<int>(&area - state.playbook.areas.data());
  const int shift = state.running_shift_position(now);
  std::optional<PersonIndex> best;
  const auto rank = [&](PersonIndex p) {
    const Person& person = state.people[p];
    return std::tuple{!person.arrived, person.arrived.value_or(person.expected), p};
  };
  for (PostIndex p = 0; p < state.holders.size(); ++p) {
    if (state.area_position(p) != position || state.shift_position(p) != shift) continue;
    for (const PersonIndex person : state.holders[p].people)
      if (next_channel(state, person) && (!best || rank(person) < rank(*best))) best = person;
  }
  return best;
}

}  // namespace tocsin::incident
