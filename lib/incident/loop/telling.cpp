#include "incident/loop/telling.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "incident/calling/answer_window.h"
#include "incident/loop/placement.h"
#include "incident/message/notice.h"
#include "incident/state/reach.h"

namespace tocsin::incident {

namespace {

using base::Instant;
using playbook::MessageKind;

// The message that says what became of the person, if they were not written it yet.
struct Decision {
  MessageKind kind = MessageKind::stand_down;
  PostId post;
};

std::optional<Decision> unwritten(const State& state, const Person& person) {
  switch (person.status) {
    case Status::assigned: {
      // People with a seat in a later shift are told to sleep; people in reserve, to stay near the
      // telephone.
      const PostIndex seat = state.slots[person.slot].post;
      const PostId& post = state.playbook.posts[seat].id;
      if (person.written == Status::assigned && person.written_post == post) return std::nullopt;
      return Decision{state.is_relief(seat) ? MessageKind::reserve : MessageKind::assigned, post};
    }
    case Status::reserved:
      if (person.written == Status::reserved) return std::nullopt;
      return Decision{MessageKind::standby, {}};
    case Status::released:
      // Somebody who left by themselves knows it; somebody who was released is told.
      if (person.left && !person.let_go && !state.has_ended()) return std::nullopt;
      if (person.messages.empty() && !person.reached) return std::nullopt;  // they know of nothing
      [[fallthrough]];
    case Status::stood_down:
      // Somebody who was not rung yet is not rung only to hear that they are not needed.
      if (person.written == Status::stood_down || (person.uncalled && !person.reached))
        return std::nullopt;
      return Decision{};
    case Status::free:
      if (!person.offered || person.acknowledged || person.was_asked()) return std::nullopt;
      return Decision{MessageKind::offer_acknowledgement, {}};
  }
  return std::nullopt;
}

// So many times somebody is told that their words could not be read. A program that answers every
// message would go on for ever.
constexpr int kMostWordsAnswered = 3;

std::optional<MessageKind> answer_to_words(const Person& person) {
  if (!person.unanswered) return std::nullopt;
  if (person.unanswered->why == Unread::stop) return MessageKind::stopped;
  if (person.words_answered >= kMostWordsAnswered) return std::nullopt;
  if (person.unanswered->why == Unread::clinical) return MessageKind::no_details;
  return person.unanswered->why == Unread::whose ? MessageKind::whose : MessageKind::choices;
}

base::Minutes window_of(const State& state, const Message& message) {
  return answer_window(state, state.post_index(message.post));
}

// Nobody rings for it any more, or the channel says that it cannot be delivered.
bool is_given_up(const State& state, MessageIndex index) {
  const Message& message = state.messages[index];
  if (message.channel == kPhone) return !waits_for_call(state, index);
  return message.receipt == contact::Receipt::failed_for_good || message.attempts >= kMostAttempts;
}

std::optional<ChannelId> next_for(const State& state, MessageIndex index) {
  return next_untried(state, state.messages[index].person, tried_for(state, index));
}

std::string why_to_go_on(const State& state, MessageIndex index) {
  const Message& message = state.messages[index];
  if (!is_given_up(state, index) && state.passed_over_from(message))
    return "not taken by " + message.channel.str();
  if (!is_given_up(state, index)) return "no receipt from " + message.channel.str();
  if (message.channel != kPhone) return "not delivered by " + message.channel.str();
  return can_reach(state, message.person, kPhone) ? "did not pick up" : "wrong number";
}

// The channel of their devices that show something of tonight, when one of them does not know what
// was answered last: by telephone, or on another device.
std::optional<ChannelId> card_behind(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  for (auto at = person.messages.rbegin(); at != person.messages.rend(); ++at) {
    const Message& message = state.messages[*at];
    const bool is_shown = message.receipt && *message.receipt <= contact::Receipt::read;
    if (!is_shown || !contact::reaches_devices(message.channel)) continue;
    const bool is_known = message.channel == person.answered_on && person.devices.size() < 2;
    if (is_known || !can_reach(state, index, message.channel)) return std::nullopt;
    return message.channel;
  }
  return std::nullopt;
}

// Whoever said elsewhere that they do not come still sees on their device that they are expected.
std::optional<ChannelId> card_to_close(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  const bool has_refused = (person.status == Status::free && person.answer == Answer::no) ||
                           (person.status == Status::released && person.left);
  if (!has_refused || person.written == Status::stood_down) return std::nullopt;
  return card_behind(state, index);
}

// The decision that has to be written to them, and by which channel.
std::optional<std::pair<Decision, ChannelId>> owed(const State& state, PersonIndex index) {
  const auto decision = unwritten(state, state.people[index]);
  if (!decision) return std::nullopt;
  // Somebody in the building without any channel hears it from their lead.
  const auto channel = best_channel(state, index);
  if (!channel) return std::nullopt;
  // Nobody is rung to hear that what they stay at home from is over.
  if (*channel == kPhone && state.stays_at_home(index)) return std::nullopt;
  return std::pair{*decision, *channel};
}

}  // namespace

std::vector<Body> inform(const State& state, const std::vector<PersonIndex>& people, Instant now,
                         base::Random& ids) {
  std::vector<Body> events;
  for (const PersonIndex p : people) {
    const Person& person = state.people[p];
    if (const auto kind = answer_to_words(person))
      events.emplace_back(Issued{seal::random_message_id(ids),
                                 state.roster[p].id,
                                 *kind,
                                 person.unanswered->channel,
                                 {},
                                 0,
                                 now + kMessageLife,
                                 "",
                                 "what they wrote is no answer"});
    const auto write = [&](const Decision& decision, const ChannelId& channel) {
      events.emplace_back(Issued{seal::random_message_id(ids), state.roster[p].id, decision.kind,
                                 channel, decision.post, 0, now + kMessageLife, "",
                                 person.status_why});
    };
    if (const auto letter = owed(state, p)) {
      write(letter->first, letter->second);
      // The device shows it as well, and the operator need not ring when it was delivered there.
      const auto card = letter->second == kPhone ? card_behind(state, p) : std::nullopt;
      if (card) write(letter->first, *card);
    } else if (const auto card = card_to_close(state, p)) {
      write(Decision{}, *card);
    }
  }
  return events;
}

Pursuit pursue(const State& state, Instant now, base::Random& ids) {
  Pursuit out;
  for (const MessageIndex index : state.untold) {
    const Message& message = state.messages[index];
    const auto next = next_for(state, index);
    if (!next) continue;  // it is on the switchboard's list, or the board says that nobody has it
    Instant end = message.issued + window_of(state, message);
    if (const auto passed_over = state.passed_over_from(message)) end = std::min(end, *passed_over);
    if (!is_given_up(state, index) && now < end) {
      if (!out.next || end < *out.next) out.next = end;
      continue;
    }
    out.events.emplace_back(Issued{seal::random_message_id(ids), state.roster[message.person].id,
                                   message.kind, *next, message.post, 0, now + kMessageLife,
                                   message.text, why_to_go_on(state, index)});
  }
  return out;
}

bool hears_of_the_end_later(const State& state) {
  if (!state.has_ended()) return false;
  if (!stand_down_all(state).empty()) return true;
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    if (owed(state, p)) return true;
  return false;
}

bool will_move_on(const State& state) {
  return std::any_of(state.untold.begin(), state.untold.end(),
                     [&](MessageIndex index) { return next_for(state, index).has_value(); });
}

std::vector<PersonIndex> left_to_people(const State& state, Instant now) {
  std::set<PersonIndex> left;
  for (const MessageIndex index : state.untold) {
    const Message& message = state.messages[index];
    if (next_for(state, index)) continue;
    if (message.channel == kPhone || is_given_up(state, index) ||
        now >= message.issued + window_of(state, message))
      left.insert(message.person);
  }
  for (const Holders& holders : state.holders)
    for (const PersonIndex p : holders.people)
      if (!state.people[p].arrived &&
          (!state.people[p].decision || unwritten(state, state.people[p])))
        left.insert(p);
  return {left.begin(), left.end()};
}

}  // namespace tocsin::incident
