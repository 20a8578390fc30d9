#include "drill/report/watch.h"

#include <algorithm>

#include "base/fault.h"

namespace tocsin::drill {

bool is_at_post(const incident::State& state, const People& people, incident::PersonIndex index) {
  const incident::Person& person = state.people[index];
  const auto arrived = people.arrival(index);
  return arrived && person.status == incident::Status::assigned &&
         *arrived + kEarliest >= state.at(state.slots[person.slot].from);
}

Watch::Watch(const incident::State& state, base::Minutes until) {
  for (base::Minutes t{0}; t <= until; t += kStep) due_.push_back(t);
  for (const incident::Slot& slot : state.slots)
    if (slot.by <= until) due_.push_back(slot.by);
  std::sort(due_.begin(), due_.end());
  due_.erase(std::unique(due_.begin(), due_.end()), due_.end());
}

void Watch::look_before(base::Instant now, const incident::State& state, const People& people,
                        std::size_t interruptions) {
  while (looks_.size() < due_.size() && state.at(due_[looks_.size()]) < now) {
    Look look;
    look.at = due_[looks_.size()];
    look.present.assign(state.playbook.posts.size(), 0);
    look.interruptions = interruptions;
    for (incident::PersonIndex p = 0; p < state.people.size(); ++p) {
      look.replies += state.people[p].answer != incident::Answer::none ? 1 : 0;
      if (is_at_post(state, people, p)) ++look.present[state.slots[state.people[p].slot].post];
    }
    looks_.push_back(std::move(look));
  }
}

const Look& Watch::at(base::Minutes time) const {
  const auto found =
      std::lower_bound(looks_.begin(), looks_.end(), time,
                       [](const Look& look, base::Minutes t) { return look.at < t; });
  TOCSIN_ASSERT(found != looks_.end() && found->at == time);
  return *found;
}

}  // namespace tocsin::drill
