#include "incident/calling/phone_queue.h"

#include <algorithm>
#include <cmath>

#include "callout/gap.h"
#include "incident/calling/answer_window.h"
#include "incident/state/reach.h"

namespace tocsin::incident {

using callout::Belief;

namespace {

// A post with more seats uses the mean instead of the distribution, which would take long.
constexpr int kFew = 50;

// How many people the operators will ring for a post until its seats are filled or nobody is left.
// Most people answer by themselves; when the post is full, the others are stood down.
double calls_for(const Belief& belief, int open, double waiting, double listed) {
  if (open <= 0) return 0;
  const double says_yes = belief.reach() * belief.says_coming();
  // Include people who will be asked for the seats for which nobody was asked yet.
  const double asked = std::max(waiting, callout::kStory * open / says_yes - listed);
  double missing = std::max(0.0, open - asked * says_yes);
  if (open <= kFew) {
    const std::vector<double> yeses = callout::spread_of(
        std::vector<double>(static_cast<std::size_t>(std::lround(asked)), says_yes),
        static_cast<std::size_t>(open));
    missing = open - callout::mean_of(yeses);
  }
  return std::min(listed + (1 - belief.reach()) * asked,
                  missing / (belief.picks_up() * belief.says_coming()));
}

}  // namespace

PhoneQueue phone_queue(const State& state, const Pool& pool, const Belief& belief) {
  PhoneQueue queue;
  const auto& channels = state.playbook.cascade.channels;
  queue.exists = std::find(channels.begin(), channels.end(), kPhone) != channels.end();
  const auto ranks =
      state.playbook.shifts.size() * static_cast<std::size_t>(playbook::kLeastPriority) + 1;
  std::vector<double> listed(state.playbook.posts.size(), 0);
  std::vector<double> waiting(state.playbook.posts.size(), 0);
  for (const PersonIndex p : state.silent) {
    const Person& person = state.people[p];
    if (!person.asked_post) continue;
    ++(state.phone_list.contains(*person.request) ? listed : waiting)[*person.asked_post];
  }
  std::vector<double> own(ranks, 0);
  queue.listed.assign(ranks, 0);
  for (PostIndex p = 0; p < state.playbook.posts.size(); ++p) {
    const auto rank = static_cast<std::size_t>(state.rank(p));
    own[rank] += calls_for(belief, pool.open_by_post()[p], waiting[p], listed[p]);
    queue.listed[rank] += listed[p];
  }
  // Somebody who is asked now is, on average, in the middle of their own rank.
  double before = 0;
  for (std::size_t r = 0; r < ranks; ++r) {
    queue.ahead.push_back(before + own[r] / 2);
    before += own[r];
    queue.listed[r] += r > 0 ? queue.listed[r - 1] : 0;
  }
  return queue;
}

double until_phone(const State& state, const Belief& belief, const PhoneQueue& queue,
                   PostIndex post) {
  if (!queue.exists) return -1;
  return static_cast<double>(answer_window(state, post).count()) +
         queue.ahead[static_cast<std::size_t>(state.rank(post))] / belief.calls_a_minute();
}

}  // namespace tocsin::incident
