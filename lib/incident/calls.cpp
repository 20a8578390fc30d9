#include "incident/calls.h"

#include <algorithm>
#include <compare>
#include <map>

#include "incident/forecast.h"
#include "incident/notice.h"
#include "incident/reach.h"

namespace tocsin::incident {

namespace {

using base::Instant;

bool asks(const Message& message) {
  return message.kind == playbook::MessageKind::request ||
         message.kind == playbook::MessageKind::reminder;
}

// What a ring can achieve, the best first.
enum class Aim : std::uint8_t {
  send,   // they said yes, and do not know yet that they are wanted now
  fill,   // a yes would fill a seat
  ask,    // an answer is wanted, though the seat was filled meanwhile
  inform  // only to be said
};

struct Urgency {
  Aim aim = Aim::inform;
  int rank = 0;
  bool is_late = false;  // of a seat: a yes given now would not be in time for it
  int tries = 0;
  base::Minutes travel{0};
  MessageIndex oldest = 0;
  auto operator<=>(const Urgency&) const = default;
};

class Switchboard {
 public:
  Switchboard(const State& state, Instant now) : state_(state), now_(now) {
    std::vector<int> open;
    for (const Slot& slot : state.slots) open.push_back(slot.count);
    for (const Person& person : state.people)
      if (person.place == Place::assigned) --open[person.slot];
    for (SlotIndex s = 0; s < open.size(); ++s)
      if (open[s] > 0) open_.push_back(s);
  }

  Urgency urgency(const Call& call) const {
    const Person& person = state_.people[call.person];
    Urgency u;
    u.tries = person.phone_tries;
    u.travel = state_.roster[call.person].travel;
    u.oldest = call.messages.front();
    for (const MessageIndex index : call.messages)
      if (is_sent_for(person, state_.messages[index])) {
        u.aim = Aim::send;
        u.rank = state_.rank(state_.slots[person.slot].post);
        return u;
      }
    if (!call.asks) return u;
    u.aim = Aim::ask;
    const Instant there = now_ + planned_journey(u.travel);
    for (const SlotIndex s : open_) {
      const Slot& slot = state_.slots[s];
      if (!state_.can_hold(call.person, slot.post)) continue;
      const int rank = state_.rank(slot.post);
      const bool is_late = there > state_.at(slot.by);
      if (u.aim == Aim::fill && std::pair{rank, is_late} >= std::pair{u.rank, u.is_late}) continue;
      u.aim = Aim::fill;
      u.rank = rank;
      u.is_late = is_late;
    }
    return u;
  }

 private:
  bool is_sent_for(const Person& person, const Message& message) const {
    if (message.kind != playbook::MessageKind::assigned || person.place != Place::assigned)
      return false;
    const PostIndex post = state_.slots[person.slot].post;
    return !state_.is_relief(post) && state_.playbook.posts[post].id == message.post;
  }

  const State& state_;
  Instant now_;
  std::vector<SlotIndex> open_;  // with a seat that nobody holds
};

}  // namespace

std::vector<Call> calls(const State& state, Instant now, Taken taken) {
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
  const Switchboard switchboard(state, now);
  std::vector<std::pair<Urgency, Call>> found;
  for (auto& [person, call] : by_person)
    found.emplace_back(switchboard.urgency(call), std::move(call));
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Call> out;
  for (auto& [urgency, call] : found) out.push_back(std::move(call));
  return out;
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
