#include "incident/loop/step.h"

#include <algorithm>

#include "incident/calling/ask.h"
#include "incident/calling/forecast.h"
#include "incident/coordinator/prompt.h"
#include "incident/loop/placement.h"
#include "incident/loop/telling.h"
#include "incident/seating/want.h"

namespace tocsin::incident {

namespace {

std::optional<base::Instant> earlier(std::optional<base::Instant> a,
                                     std::optional<base::Instant> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

}  // namespace

std::vector<Body> Stepper::place_changed(const State& state, base::Instant now) {
  const std::vector<PersonIndex> changed = pool_.take_changed();
  return placing_ == Placing::on ? place(state, pool_, changed, now) : std::vector<Body>{};
}

Step Stepper::step(const State& state, base::Instant now, base::Random& ids) {
  if (!state.is_declared() || state.people.empty()) return {};
  const Wants wants(state);
  if (state.has_ended()) {
    if (auto events = stand_down_all(state); !events.empty()) return {std::move(events), {}};
  } else {
    pool_.follow(state, now);
    std::set<PostIndex> open = wants.last_calls(now);
    open.insert(state.exhausted.begin(), state.exhausted.end());
    pool_.open_to_all(state, std::move(open));
    if (auto events = place_changed(state, now); !events.empty()) return {std::move(events), {}};
    if (auto events = stand_down_silent(state, wants, now); !events.empty())
      return {std::move(events), {}};
  }

  // People for whom something changed since the last call may need a message. On the first call,
  // everybody may.
  std::set<PersonIndex> due(state.touched.begin() + static_cast<std::ptrdiff_t>(informed_),
                            state.touched.end());
  informed_ = state.touched.size();
  if (auto events = inform(state, {due.begin(), due.end()}, now, ids); !events.empty())
    return {std::move(events), {}};

  Pursuit pursuit = pursue(state, now, ids);
  if (!pursuit.events.empty()) return {std::move(pursuit.events), {}};

  std::optional<base::Instant> wake = pursuit.next;
  if (!state.has_ended()) {
    if (is_review_due(state, now)) return {ask(state, pool_, now, ids, recourses_), {}};
    Escalation escalation = escalate(state, now, ids);
    if (!escalation.events.empty()) return {std::move(escalation.events), {}};
    wake = earlier(wake, earlier(escalation.next, next_review(state)));
    Prompting prompts = prompting(state, now, ids);
    if (!prompts.events.empty()) return {std::move(prompts.events), {}};
    wake = earlier(wake, prompts.next);
    LeadBriefings news = lead_briefer_.look(state, now, ids);
    if (!news.events.empty()) return {std::move(news.events), {}};
    wake = earlier(wake, news.next);
  }
  return {{}, wake};
}

}  // namespace tocsin::incident
