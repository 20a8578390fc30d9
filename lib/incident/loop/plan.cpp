#include "incident/loop/plan.h"

#include <algorithm>

#include "incident/calling/forecast.h"
#include "incident/loop/step.h"

namespace tocsin::incident {

namespace {

constexpr int kWaves = 3;
constexpr base::Minutes kCurveStep{10};
constexpr int kCurvePoints = 13;  // to two hours

// Steps until nothing is left to do at this instant.
void settle(State& state, Stepper& stepper, base::Instant now, base::Random& ids) {
  for (;;) {
    Step step = stepper.step(state, now, ids);
    if (step.events.empty()) return;
    for (Body& body : step.events) state.apply({now, "", std::move(body)});
  }
}

std::vector<PlannedPost> posts_of(const State& state, base::Instant now) {
  std::vector<PlannedPost> posts;
  const auto expected = expected_seats(state, now, curve());
  for (PostIndex p = 0; p < state.playbook.posts.size(); ++p) {
    const playbook::Post& post = state.playbook.posts[p];
    PlannedPost planned{p, 1, false, expected[p]};
    for (const SeatOutlook& seat : state.outlook)
      if (seat.post == post.id)
        planned.probability =
            std::min(planned.probability, static_cast<double>(seat.per_mille) / 1000);
    planned.at_risk = planned.probability < state.playbook.limits.confidence(post.priority);
    posts.push_back(std::move(planned));
  }
  return posts;
}

}  // namespace

bool Plan::has_risk() const noexcept {
  return std::any_of(posts.begin(), posts.end(), [](const PlannedPost& p) { return p.at_risk; });
}

std::vector<base::Minutes> curve() {
  std::vector<base::Minutes> times;
  for (int i = 0; i < kCurvePoints; ++i) times.push_back(i * kCurveStep);
  return times;
}

Plan make_plan(std::vector<Body> declaration, base::Instant at, base::Random& ids) {
  State state;
  for (Body& body : declaration) state.apply({at, "", std::move(body)});
  Stepper stepper;
  Plan plan;
  for (int wave = 0; wave < kWaves; ++wave) {
    const base::Instant now = at + wave * kReviewEvery;
    settle(state, stepper, now, ids);
    if (wave == 0) {
      plan.posts = posts_of(state, now);
      plan.state = state;
    }
    PlannedWave planned{wave * kReviewEvery, {}, {}};
    for (PersonIndex p = 0; p < state.people.size(); ++p) {
      const Person& person = state.people[p];
      if (!person.was_asked() || person.asked != now) continue;
      planned.people.push_back(p);
      if (person.asked_post) ++planned.asked[*person.asked_post];
    }
    plan.asked += static_cast<int>(planned.people.size());
    if (!planned.people.empty()) plan.waves.push_back(std::move(planned));
  }
  return plan;
}

}  // namespace tocsin::incident
