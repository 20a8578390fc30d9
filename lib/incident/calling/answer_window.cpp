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
  const bool is_waited_for =
      last.channel == kPhone ? waits_for_call(state, *person.request)
                             : now < person.window_from + answer_window(state, person.asked_post);
  return is_waited_for || next_untried(state, index, tried_to_ask(state, index)).has_value();
}

}  // namespace tocsin::incident
