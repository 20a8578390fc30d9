#include "incident/seating/offer.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "incident/seating/arrival.h"

namespace tocsin::incident {

namespace {

bool is_parked(const Person& person) {
  return person.offered && !person.was_asked() && person.status == Status::free &&
         person.is_available();
}

}  // namespace

std::vector<Offer> offers(const State& state) {
  std::vector<Offer> found;
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    if (is_parked(state.people[p])) found.push_back({p, ready_at(state, p), std::nullopt});
  const auto sooner = [&](const Offer& a, const Offer& b) {
    const auto key = [&](const Offer& offer) {
      const Person& person = state.people[offer.person];
      return std::tuple{person.answer == Answer::last_resort, offer.arrives, offer.person};
    };
    return key(a) < key(b);
  };
  std::sort(found.begin(), found.end(), sooner);

  std::vector<int> open = state.open_seats();
  std::vector<PostIndex> posts;
  for (PostIndex p = 0; p < open.size(); ++p)
    if (open[p] > 0) posts.push_back(p);
  std::stable_sort(posts.begin(), posts.end(),
                   [&](PostIndex a, PostIndex b) { return state.rank(a) < state.rank(b); });
  for (const PostIndex post : posts) {
    const playbook::Shift& shift = *state.playbook.find_shift(state.playbook.posts[post].shift);
    for (Offer& offer : found) {
      if (open[post] == 0) break;
      if (offer.fills || !state.can_hold(offer.person, post) ||
          offer.arrives >= state.at(shift.until))
        continue;
      offer.fills = post;
      --open[post];
    }
  }
  std::stable_sort(found.begin(), found.end(), [&](const Offer& a, const Offer& b) {
    const auto key = [&](const Offer& offer) {
      return std::pair{!offer.fills, offer.fills ? state.rank(*offer.fills) : 0};
    };
    return key(a) < key(b);
  });
  return found;
}

}  // namespace tocsin::incident
