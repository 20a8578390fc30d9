#include "incident/calling/answer_window.h"

#include "incident/state/reach.h"

namespace tocsin::incident {

using base::Instant;

base::Minutes answer_window(const State& state, std::optional<PostIndex> post) {
  return state.playbook.cascade.answer_window(post ? state.playbook.posts[*post].priority
                                                   : playbook::kLeastPriority);
}

bool may_still_answer(const State& state, PersonIndex index, Instant now) {
  const Person& person = state.people[index];
  const Message& last = state.messages[*person.request];
  if (last.channel == kPhone) return state.phone_list.contains(*person.request);
  return now < person.window_from + answer_window(state, person.asked_post) ||
         next_channel(state, index, last.channel).has_value();
}

}  // namespace tocsin::incident
