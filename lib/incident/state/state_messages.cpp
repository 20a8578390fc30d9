// The part of the fold about messages: issued, sent, tried again, rung, given up, and words that
// came back and are no answer.
#include <algorithm>

#include "incident/state/state.h"
#include "playbook/messages.h"
#include "playbook/nudge.h"

namespace tocsin::incident {

using base::Instant;
using playbook::MessageKind;

namespace {

bool calls_for_another_try(contact::Receipt receipt) {
  return receipt == contact::Receipt::failed_for_now || receipt == contact::Receipt::unknown;
}

// A nudge without a code word says nothing: it may be delivered, and nobody knows more than before.
bool says_something(const State& state, const Message& message) {
  const contact::Channel* channel = contact::find(message.channel);
  if (channel == nullptr || channel->carries != contact::Class::provider_readable) return true;
  return playbook::says_what_to_do(state.playbook, state.roster[message.person].language,
                                   playbook::meaning_of(message.kind, state.has_ended()));
}

// The others who have an address of this person's on the channel.
std::vector<PersonIndex> who_shares(const roster::Roster& roster, PersonIndex person,
                                    const ChannelId& channel) {
  std::vector<PersonIndex> others;
  for (PersonIndex other = 0; other < roster.size(); ++other) {
    const auto is_shared = [&](const roster::ContactPoint& point) {
      const auto& theirs = roster[other].contacts;
      return point.channel == channel &&
             std::any_of(theirs.begin(), theirs.end(), [&](const roster::ContactPoint& one) {
               return one.channel == channel && one.address == point.address;
             });
    };
    const auto& contacts = roster[person].contacts;
    if (other != person && std::any_of(contacts.begin(), contacts.end(), is_shared))
      others.push_back(other);
  }
  return others;
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

// A request or a reminder. One on the next channel asks anew. Another of the same wave is beside
// the first: the same question by another channel.
void ask(const State& state, Person& person, base::Instant at, const Issued& body,
         bool is_next_channel) {
  // Stood down for one shift and asked for the next: they are asked again.
  const bool again = person.status == Status::stood_down && person.answer == Answer::none;
  const bool is_beside = person.was_asked() && body.wave != 0 && body.wave == person.wave;
  if ((body.kind == MessageKind::request && !is_beside) || again) {
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

Message message_of(const Issued& body, PersonIndex person, base::Instant at, std::uint64_t events) {
  return {body.id,      person,    body.kind,    body.channel, body.post, at,   events,
          body.expires, body.text, std::nullopt, {},           0,         false};
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
  messages.push_back(message_of(body, person_at, event.at, events));
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
      replace_words(person, index);
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
    case MessageKind::choices:
    case MessageKind::no_details:
    case MessageKind::stopped:
    case MessageKind::whose:
      person.unanswered.reset();
      ++person.words_answered;
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
  replace_words(person, index);
  const bool acts = acts_unless_stood_down(person) && !stays_at_home(message.person);
  if (message.kind != MessageKind::stand_down || !is_news || acts) untold.insert(index);
  person.decision = index;
  person.written = written_by(message.kind);
  if (person.written == Status::assigned) person.written_post = message.post;
}

// Newer words replace what has not gone out yet: a decision replaces questions, and a question the
// one before it on its channel. Words for the night are not for whoever is told that it is over,
// even if they were to be told before it that they are not needed.
void State::replace_words(const Person& person, MessageIndex by) {
  const Message& newer = messages[by];
  for (const MessageIndex index : person.messages) {
    const Message& older = messages[index];
    if (index == by || older.is_decision()) continue;
    const bool is_of_the_night =
        has_ended() && newer.is_decision() && older.event <= at_end->events;
    const bool is_on_its_way = outbox.contains({next_try(older), index});
    const bool is_same_way = newer.is_decision() || older.channel == newer.channel;
    if (is_of_the_night || (older.asks() && is_on_its_way && is_same_way)) give_up(index);
  }
}

// Whoever has answered is not asked any more by a message that still waits for its channel.
void State::withdraw_questions(const Person& person) {
  for (const MessageIndex index : person.messages)
    if (messages[index].asks() && outbox.contains({next_try(messages[index]), index}))
      give_up(index);
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

// Whether they know of a seat that is not the one they have now: it may be the one that they came
// for.
bool State::was_told_another(const Person& person) const {
  const PostId& now = messages[*person.decision].post;
  return std::any_of(person.messages.begin(), person.messages.end(), [&](MessageIndex index) {
    const Message& message = messages[index];
    const bool is_seat =
        message.kind == MessageKind::assigned || message.kind == MessageKind::reserve;
    return is_seat && message.post != now && message.receipt &&
           *message.receipt >= contact::Receipt::delivered &&
           *message.receipt <= contact::Receipt::read && says_something(*this, message);
  });
}

bool State::knows_decision(PersonIndex index) const {
  const Person& person = people[index];
  if (person.arrived) return true;
  if (!person.decision || untold.contains(*person.decision)) return false;
  // Nothing reaches some people: the newest words to them are of before they got the seat.
  return person.status != Status::assigned ||
         (person.written == Status::assigned &&
          person.written_post == playbook.posts[slots[person.slot].post].id);
}

void State::on(const Event& event, const WordsUnread& body) {
  if (!replies_seen.insert(body.id).second) misfit("it counts one reply twice");
  Person& person = touch(body.person);
  const std::vector<PersonIndex> others =
      who_shares(roster, *person_index(body.person), body.channel);
  person.reached = person.reached || others.empty();  // else another of them may have written
  person.unanswered = Person::Unanswered{body.why, body.channel};
  if (body.why != Unread::stop) return;
  ++stops;
  // Nothing more goes to that address, to whomever it is.
  stop_channel(person, body.channel, event.at);
  for (const PersonIndex other : others)
    stop_channel(touch(roster[other].id), body.channel, event.at);
}

void State::stop_channel(Person& person, const ChannelId& channel, Instant at) {
  if (std::find(person.stopped.begin(), person.stopped.end(), channel) == person.stopped.end())
    person.stopped.push_back(channel);
  give_up_channel(person, channel, at);
}

bool State::rests(const ChannelId& channel) const {
  const auto found = outages.find(channel);
  return found != outages.end() && found->second.failed >= kFailuresBeforeRest;
}

std::optional<Instant> State::passed_over_from(const Message& message) const {
  const bool is_taken = message.receipt && !calls_for_another_try(*message.receipt);
  if (is_taken || !rests(message.channel)) return std::nullopt;
  return outages.at(message.channel).since + kRestBeforePassing;
}

bool State::has_channel(const ChannelId& channel) const {
  return !channels || channels->contains(channel);
}

void State::on(const Event&, const ChannelsTaken& body) {
  channels.emplace(body.channels.begin(), body.channels.end());
  look_for_new_ways();
}

void State::on(const Event&, const LimitsTaken& body) {
  if (body.channels.size() != body.per_minute.size()) misfit("it has a channel without a limit");
  if (std::count(body.per_minute.begin(), body.per_minute.end(), 0U) > 0)
    misfit("a channel takes nothing");
  limits = body.by_channel();
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
  const bool was_settled = message.receipt && !calls_for_another_try(*message.receipt);
  message.receipt = body.receipt;
  message.receipted = event.at;
  count_for_channel(message, was_settled);
  const bool arrived =
      body.receipt == contact::Receipt::delivered || body.receipt == contact::Receipt::read;
  if (arrived && says_something(*this, message)) {
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

void State::count_for_channel(Message& message, bool was_settled) {
  const ChannelId& channel = message.channel;
  if (*message.receipt <= contact::Receipt::read) {
    if (!was_settled) paces[channel].add(message.receipted);
    if (message.taken == Instant{}) message.taken = message.receipted;
    failing.erase(channel);
    outages.erase(channel);
    return;
  }
  ++failing[channel];
  if (was_settled || !calls_for_another_try(*message.receipt) || channel == kPhone) return;
  Outage& outage = outages[channel];
  if (outage.failed++ == 0) outage.since = message.receipted;
}

// Nothing more goes there, and what was under way goes by another channel.
void State::give_up_channel(Person& person, const ChannelId& channel, Instant at) {
  for (const MessageIndex index : person.messages) {
    Message& message = messages[index];
    if (message.channel != channel) continue;
    outbox.erase({next_try(message), index});
    message.receipt = contact::Receipt::failed_for_good;
    message.receipted = at;
  }
}

void State::give_up(MessageIndex index) {
  outbox.erase({next_try(messages[index]), index});
  phone_list.erase(index);
  untold.erase(index);
  messages[index].closed = true;
}

}  // namespace tocsin::incident
