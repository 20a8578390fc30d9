#include "incident/calls.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "incident/notice.h"
#include "incident/reach.h"

namespace tocsin::incident {

namespace {

bool asks(const Message& message) {
  return message.kind == playbook::MessageKind::request ||
         message.kind == playbook::MessageKind::reminder;
}

}  // namespace

std::vector<Call> calls(const State& state, base::Instant now, Taken taken) {
  std::map<PersonIndex, Call> by_person;
  for (const MessageIndex index : state.phone_list) {
    const Message& message = state.messages[index];
    const bool is_taken = state.people[message.person].phone_taken_until > now;
    if (message.expires <= now || (is_taken && taken == Taken::leave_out)) continue;
    Call& call = by_person[message.person];
    call.person = message.person;
    call.messages.push_back(index);
    call.asks = call.asks || asks(message);
  }
  const std::vector<int> missing = state.open_seats();
  const auto urgency = [&](const Call& call) {
    int stage = 2;
    int rank = 0;
    for (const MessageIndex index : call.messages) {
      const Message& message = state.messages[index];
      const auto post = state.post_index(message.post);
      if (post) rank = state.rank(*post);
      if (asks(message)) stage = std::min(stage, post && missing[*post] > 0 ? 0 : 1);
    }
    return std::tuple{stage, state.people[call.person].phone_tries, rank, call.messages.front()};
  };
  std::vector<Call> found;
  for (auto& [person, call] : by_person) found.push_back(std::move(call));
  std::stable_sort(found.begin(), found.end(),
                   [&](const Call& a, const Call& b) { return urgency(a) < urgency(b); });
  return found;
}

std::vector<std::string> words_for(const State& state, const Call& call) {
  std::vector<std::string> words;
  std::optional<MessageIndex> question;
  for (const MessageIndex index : call.messages)
    if (asks(state.messages[index])) question = index;
  if (question) words.push_back(spoken(state, state.messages[*question]));
  for (const MessageIndex index : call.messages)
    if (!asks(state.messages[index])) words.push_back(spoken(state, state.messages[index]));
  return words;
}

std::vector<Body> told(const State& state, PersonIndex person) {
  std::vector<Body> events;
  for (const MessageIndex index : state.people[person].messages)
    if (state.phone_list.contains(index) && !asks(state.messages[index]))
      events.emplace_back(
          Receipted{state.messages[index].id, channel::Receipt::delivered, "said by telephone"});
  return events;
}

std::string number_of(const State& state, PersonIndex person) {
  const auto numbers = addresses(state, person, kPhone);
  return numbers.empty() ? std::string{} : numbers.front();
}

}  // namespace tocsin::incident
