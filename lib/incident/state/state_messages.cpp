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

// A nudge, which says nothing, may be delivered, and nobody knows more than before.
bool carries_words(const ChannelId& id) {
  const contact::Channel* channel = contact::find(id);
  return channel == nullptr || channel->carries != contact::Class::provider_readable;
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
    person.question = person.messages.back();
  }
  if (body.kind == MessageKind::request || again || is_next_channel) {
    person.window_from = at;
    person.reminded = 0;
  } else {
    ++person.reminded;
  }
  if (again) {
    person.status = Status::free;
    person.written = Status::free;
    person.phone_tries = 0;
  }
}

// What the message says became of the person.
Status written_by(MessageKind kind) {
  if (kind == MessageKind::standby) return Status::reserved;
  return kind == MessageKind::stand_down ? Status::stood_down : Status::assigned;
}

// Whether it must be known that they are not needed: somebody who was never sent for and has not
// said yes does nothing without it either.
bool acts_unless_stood_down(const Person& person) {
  // Somebody who was missed may be on the way all the same.
  return person.arrived || person.missed || person.answer == Answer::coming ||
         person.answer == Answer::later || person.answer == Answer::last_resort ||
         person.written == Status::assigned || person.written == Status::reserved;
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
                      events,
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
    case MessageKind::standby:
    case MessageKind::stand_down:
      decide_in_writing(person, index);
      break;
    case MessageKind::offer_acknowledgement:
      person.acknowledged = true;
      break;
    case MessageKind::update:
      // A coordinator's words are kept, also on the next channel, and also when a prompt that
      // expired says them. Another update is a lead briefing, of which only the newest matters.
      if (pass_on(person, index) || !event.by.empty() || words_told_.contains(body.text)) {
        untold.insert(index);
      } else {
        if (person.lead_briefing) give_up(*person.lead_briefing);
        person.lead_briefing = index;
      }
      break;
    case MessageKind::nudge:
      break;
  }
}

// Whether the new message has the words of one that the person still does not know.
bool State::pass_on(const Person& person, MessageIndex index) {
  const Message& now = messages[index];
  for (const MessageIndex before : person.messages) {
    Message& old = messages[before];
    if (before == index || !untold.contains(before) || old.kind != now.kind ||
        old.post != now.post || old.text != now.text)
      continue;
    old.again = index;
    messages[index].before = before;
    untold.erase(before);
    return true;
  }
  return false;
}

void State::decide_in_writing(Person& person, MessageIndex index) {
  const Message& message = messages[index];
  const bool is_news = !pass_on(person, index);
  if (is_news) give_up_decisions(person, index);
  // Words for the night are not for whoever is told that it is over.
  if (is_news && has_ended())
    for (const MessageIndex before : person.messages)
      if (messages[before].kind == MessageKind::update) give_up(before);
  const bool acts = acts_unless_stood_down(person) && !stays_at_home(message.person);
  if (message.kind != MessageKind::stand_down || !is_news || acts) untold.insert(index);
  person.decision = index;
  person.written = written_by(message.kind);
  if (person.written == Status::assigned) person.written_post = message.post;
}

bool State::stays_at_home(PersonIndex index) const {
  if (!has_ended() || people[index].written == Status::assigned) return false;
  return at_end->people[index].written == Status::stood_down && at_end->knows_decision(index);
}

void State::give_up_decisions(Person& person, std::optional<MessageIndex> but) {
  for (const MessageIndex index : person.messages)
    if (messages[index].is_decision() && index != but) give_up(index);
  if (!but) person.decision.reset();  // nobody knows what nobody says any more
}

void State::count_as_told(MessageIndex index) {
  while (messages[index].before) index = *messages[index].before;
  for (std::optional<MessageIndex> at = index; at; at = messages[*at].again) {
    untold.erase(*at);
    if (phone_list.erase(*at) > 0) messages[*at].closed = true;
  }
}

bool State::knows_decision(PersonIndex index) const {
  const Person& person = people[index];
  return person.arrived.has_value() || (person.decision && !untold.contains(*person.decision));
}

bool State::has_channel(const ChannelId& channel) const {
  return !channels || channels->contains(channel);
}

void State::on(const Event&, const ChannelsTaken& body) {
  channels.emplace(body.channels.begin(), body.channels.end());
  look_for_new_ways();
}

// Something became of them, and there may be a way to tell them now.
void State::look_for_new_ways() {
  for (PersonIndex p = 0; p < people.size(); ++p)
    if (people[p].status != Status::free || people[p].offered) touched.push_back(p);
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
  const bool arrived =
      body.receipt == contact::Receipt::delivered || body.receipt == contact::Receipt::read;
  if (arrived && carries_words(message.channel)) {
    person.reached = true;
    count_as_told(*index);
  }
  // Operators ring again by rules of their own.
  if (calls_for_another_try(body.receipt) && !message.closed && message.channel != kPhone &&
      ++message.attempts < kMostAttempts) {
    const Instant next = event.at + retry_delay(message.attempts);
    if (next < message.expires) outbox.emplace(next, *index);
  }
}

void State::give_up(MessageIndex index) {
  outbox.erase({next_try(messages[index]), index});
  phone_list.erase(index);
  untold.erase(index);
  messages[index].closed = true;
}

}  // namespace tocsin::incident
