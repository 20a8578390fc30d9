// The part of the fold about messages: issued, sent, tried again, rung, given up.
#include <algorithm>

#include "incident/state/state.h"

namespace tocsin::incident {

using base::Instant;
using playbook::MessageKind;

namespace {

bool calls_for_another_try(contact::Receipt receipt) {
  return receipt == contact::Receipt::failed_for_now || receipt == contact::Receipt::unknown;
}

Instant next_try(const Message& message) {
  return message.attempts == 0 ? message.issued : message.receipted + retry_delay(message.attempts);
}

}  // namespace

base::Milliseconds retry_delay(int attempts) noexcept {
  constexpr base::Milliseconds kFirst{5'000};
  constexpr base::Milliseconds kLongest{300'000};
  return std::min(kFirst * (1 << std::min(attempts - 1, 10)), kLongest);
}

std::optional<MessageIndex> State::message_index(const seal::MessageId& id) const noexcept {
  return message_by_id_.find(HashOfId{}(id),
                             [&](std::uint32_t index) { return messages[index].id == id; });
}

namespace {

// A request or a reminder. One on the next channel asks anew.
void ask(const State& state, Person& person, base::Instant at, const Issued& body,
         bool is_next_channel) {
  // Stood down for one shift and asked for the next: they are asked again.
  const bool again = person.status == Status::stood_down && person.answer == Answer::none;
  if (body.kind == MessageKind::request || again) {
    if (!person.was_asked()) person.asked = at;
    person.asked_for = body.post;
    person.asked_post = state.post_index(body.post);
    person.wave = body.wave;
    person.asked_why = body.why;
  }
  if (body.kind == MessageKind::request || again || is_next_channel) {
    person.window_from = at;
    person.reminded = 0;
  } else {
    ++person.reminded;
  }
  if (again) {
    person.status = Status::free;
    person.told = Status::free;
    person.phone_tries = 0;
  }
}

}  // namespace

void State::on(const Event& event, const Issued& body) {
  const auto index = static_cast<MessageIndex>(messages.size());
  if (message_index(body.id)) misfit("it issues one message twice");
  message_by_id_.add(HashOfId{}(body.id), index);
  Person& person = touch(body.person);
  const auto person_at = touched.back();
  messages.push_back({body.id,
                      person_at,
                      body.kind,
                      body.channel,
                      body.post,
                      event.at,
                      body.expires,
                      body.text,
                      std::nullopt,
                      {},
                      0,
                      false});
  person.messages.push_back(index);
  if (body.channel == kPhone)
    phone_list.insert(index);
  else
    outbox.emplace(event.at, index);
  waves = std::max(waves, body.wave);
  switch (body.kind) {
    case MessageKind::request:
    case MessageKind::reminder: {
      const bool is_next_channel =
          !person.request || messages[*person.request].channel != body.channel;
      ask(*this, person, event.at, body, is_next_channel);
      person.request = index;
      break;
    }
    case MessageKind::assigned:
    case MessageKind::reserve:  // with a post, it means a seat in a later shift: sleep now
      person.told = Status::assigned;
      person.told_post = body.post;
      break;
    case MessageKind::standby:
      person.told = Status::reserved;
      break;
    case MessageKind::stand_down:
      person.told = Status::stood_down;
      break;
    case MessageKind::offer_acknowledgement:
      person.acknowledged = true;
      break;
    case MessageKind::update:
      // An update by a coordinator is kept. One by Tocsin is a lead briefing, of which only the
      // newest matters.
      if (!event.by.empty()) break;
      if (person.lead_briefing) give_up(*person.lead_briefing);
      person.lead_briefing = index;
      break;
    case MessageKind::nudge:
      break;
  }
}

void State::on(const Event& event, const Receipted& body) {
  const auto index = message_index(body.id);
  if (!index) misfit("a receipt is for no message of it");
  Message& message = messages[*index];
  Person& person = people[message.person];
  touched.push_back(message.person);
  // A late "sent" must not replace a "delivered" that came before it.
  if (message.receipt && !calls_for_another_try(*message.receipt) &&
      body.receipt < *message.receipt && !calls_for_another_try(body.receipt))
    return;
  outbox.erase({next_try(message), *index});
  message.receipt = body.receipt;
  message.receipted = event.at;
  if (body.receipt <= contact::Receipt::read)
    failing.erase(message.channel);
  else
    ++failing[message.channel];
  if (body.receipt == contact::Receipt::delivered || body.receipt == contact::Receipt::read) {
    person.reached = true;
    // An operator has told them on the telephone.
    if (phone_list.erase(*index) > 0) message.closed = true;
  }
  if (calls_for_another_try(body.receipt) && !message.closed &&
      ++message.attempts < kMostAttempts) {
    const Instant next = event.at + retry_delay(message.attempts);
    if (next < message.expires) outbox.emplace(next, *index);
  }
}

void State::on(const Event&, const PhoneTaken& body) {
  touch(body.person).phone_taken_until = body.until;
}

void State::on(const Event&, const PhoneUnanswered& body) {
  Person& person = touch(body.person);
  person.phone_taken_until = {};
  if (++person.phone_tries >= kMostPhoneTries || body.reason == kWrongNumber)
    take_off_phone_list(person, Calls::all);
}

void State::take_off_phone_list(Person& person, Calls calls) {
  person.phone_taken_until = {};
  for (const MessageIndex index : person.messages) {
    const bool asks = messages[index].kind == MessageKind::request ||
                      messages[index].kind == MessageKind::reminder;
    if ((asks || calls == Calls::all) && phone_list.erase(index) > 0) messages[index].closed = true;
  }
}

void State::give_up(MessageIndex index) {
  outbox.erase({next_try(messages[index]), index});
  messages[index].closed = true;
}

}  // namespace tocsin::incident
