#include "incident/step.h"

#include <fmt/format.h>

#include <algorithm>

#include "incident/ask.h"
#include "incident/forecast.h"
#include "incident/inform.h"

namespace tocsin::incident {

namespace {

// Fewer refusals than this are the noise of a lossy network; more are a pattern that a human must
// know of.
constexpr std::uint64_t kRefusalsWorthAFlag = 10;

std::vector<Body> flags_for(const State& state, const Pool& pool) {
  std::vector<Body> events;
  std::set<std::pair<Flag, std::string>> fresh;
  const auto raise = [&](Flag flag, const std::string& subject, std::string advice) {
    if (state.flags.contains({flag, subject}) || !fresh.emplace(flag, subject).second) return;
    events.emplace_back(Flagged{flag, subject, std::move(advice)});
  };
  const std::vector<int>& open_seats = pool.open_by_post();
  // One prompt for an area, however many of its posts are short: prompts are merged with their
  // like.
  for (const PostIndex p : state.exhausted) {
    const playbook::Post& post = state.playbook.posts[p];
    const int open = open_seats[p];
    if (open <= 0) continue;
    raise(Flag::gap, post.area.str(),
          fmt::format(
              "nobody is left to ask for {} more {}: lower the need, ask a neighbour, or move "
              "somebody with \"tocsin assign\"",
              open, post.title));
  }
  if (!state.phone_list.empty())
    raise(Flag::phone_list, "", "let the switchboard run \"tocsin phone\"");
  std::uint64_t refused = 0;
  for (const auto& [reason, count] : state.refused) refused += reason == kDuplicate ? 0 : count;
  if (refused >= kRefusalsWorthAFlag)
    raise(Flag::refused, "", "somebody may be forging replies; the answers counted are good");
  return events;
}

std::optional<base::Instant> earlier(std::optional<base::Instant> a,
                                     std::optional<base::Instant> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

}  // namespace

Step Stepper::step(const State& state, base::Instant now, base::Random& ids) {
  if (!state.is_declared() || state.people.empty()) return {};
  if (state.has_ended()) {
    if (auto events = stand_down_all(state); !events.empty()) return {std::move(events), {}};
  } else {
    pool_.follow(state, now);
    if (auto events = place(state, pool_, pool_.take_changed(), now); !events.empty())
      return {std::move(events), {}};
    if (auto events = stand_down_silent(state, pool_); !events.empty())
      return {std::move(events), {}};
  }

  // Whoever changed since the last call may be owed a word; on the first call, everybody may be.
  std::set<PersonIndex> due(state.touched.begin() + static_cast<std::ptrdiff_t>(informed_),
                            state.touched.end());
  informed_ = state.touched.size();
  if (auto events = inform(state, {due.begin(), due.end()}, now, ids); !events.empty())
    return {std::move(events), {}};

  std::optional<base::Instant> wake;
  if (!state.has_ended()) {
    if (is_review_due(state, now)) return {ask(state, pool_, now, ids, recourses_), {}};
    pool_.open_to_all(state, state.exhausted);
    if (auto events = place(state, pool_, pool_.take_changed(), now); !events.empty())
      return {std::move(events), {}};
    Escalation escalation = escalate(state, now, ids);
    if (!escalation.events.empty()) return {std::move(escalation.events), {}};
    wake = earlier(escalation.next, next_review(state));
    if (auto events = flags_for(state, pool_); !events.empty()) return {std::move(events), {}};
  }
  if (!state.outbox.empty()) wake = earlier(wake, state.outbox.begin()->first);
  return {{}, wake};
}

}  // namespace tocsin::incident
