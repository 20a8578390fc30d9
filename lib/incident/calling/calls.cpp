#include "incident/calling/calls.h"

#include <algorithm>
#include <map>

#include "incident/message/notice.h"
#include "incident/seating/want.h"
#include "incident/state/reach.h"

namespace tocsin::incident {

namespace {

using base::Instant;

// What a call can achieve, the best first.
enum class Aim : std::uint8_t {
  send,   // they said yes, and do not know yet that they are needed now
  fill,   // a yes would fill a seat
  ask,    // an answer is needed, although the seat has been filled since
  inform  // only to tell them something
};

struct Urgency {
  Aim aim = Aim::inform;
  Want want;
  int tries = 0;
  base::Minutes travel{0};
  MessageIndex oldest = 0;
  auto operator<=>(const Urgency&) const = default;
};

bool is_sent_for(const State& state, const Person& person, const Message& message) {
  if (message.kind != playbook::MessageKind::assigned || person.status != Status::assigned)
    return false;
  const PostIndex post = state.slots[person.slot].post;
  return !state.is_relief(post) && state.playbook.posts[post].id == message.post;
}

Urgency urgency_of(const State& state, const Wants& wants, const Call& call, Instant now) {
  const Person& person = state.people[call.person];
  Urgency u{call.asks ? Aim::ask : Aim::inform,
            {},
            person.phone_tries,
            state.roster[call.person].travel,
            call.messages.front()};
  for (const MessageIndex index : call.messages)
    if (is_sent_for(state, person, state.messages[index])) {
      u.aim = Aim::send;
      u.want.rank = state.rank(state.slots[person.slot].post);
    }
  if (u.aim == Aim::ask)
    if (const auto want = wants.of(call.person, now)) {
      u.aim = Aim::fill;
      u.want = *want;
    }
  return u;
}

// A question or a post of the night is not so any more, also before a driver has written the end.
bool holds_after_the_end(const State& state, const Message& message) {
  const bool is_of_the_night = message.asks() || message.is_decision();
  return message.kind == playbook::MessageKind::stand_down || !is_of_the_night ||
         message.event > state.at_end->events;
}

// Something became of the person since, and no driver has written it yet: nobody says the old
// words.
bool is_overtaken(const State& state, const Message& message) {
  const Status status = state.people[message.person].status;
  if (!message.is_decision() || state.has_ended()) return false;
  const bool sends_for = message.kind == playbook::MessageKind::assigned ||
                         message.kind == playbook::MessageKind::reserve;
  if (status == Status::released || status == Status::stood_down)
    return message.kind != playbook::MessageKind::stand_down;
  return sends_for && status == Status::reserved;
}

}  // namespace

std::vector<Call> calls(const State& state, Instant now, Taken taken) {
  std::map<PersonIndex, Call> by_person;
  for (const MessageIndex index : state.phone_list) {
    const Message& message = state.messages[index];
    // Nobody is asked for a time that has passed. What must be known stays until somebody says it.
    if ((message.asks() && message.expires <= now) || !waits_for_call(state, index)) continue;
    if (state.has_ended() && !holds_after_the_end(state, message)) continue;
    if (is_overtaken(state, message)) continue;
    if (taken == Taken::leave_out && is_taken(state.people[message.person], now)) continue;
    Call& call = by_person[message.person];
    call.person = message.person;
    call.messages.push_back(index);
    call.asks = call.asks || message.asks();
  }
  const Wants wants(state);
  std::vector<std::pair<Urgency, Call>> found;
  for (auto& [person, call] : by_person)
    found.emplace_back(urgency_of(state, wants, call, now), std::move(call));
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
    if (state.messages[index].asks()) question = index;
  if (question) words.push_back(spoken(state, state.messages[*question]));
  for (const MessageIndex index : call.messages)
    if (!state.messages[index].asks()) words.push_back(spoken(state, state.messages[index]));
  return words;
}

bool is_taken(const Person& person, Instant now, std::uint64_t own) {
  return std::any_of(person.calls.begin(), person.calls.end(), [&](const GivenCall& given) {
    return (own == 0 || given.call != own) && now < given.until;
  });
}

std::string number_of(const State& state, PersonIndex person) {
  const std::uint64_t contact = state.contact_to_ring(person);
  return contact == 0 ? std::string{} : state.roster[person].contacts[contact - 1].address;
}

}  // namespace tocsin::incident
