// The part of the fold about the switchboard: calls that were given out, what came of them, and
// numbers that are somebody else's.
#include <algorithm>

#include "incident/state/state.h"

namespace tocsin::incident {

using base::Instant;

namespace {

GivenCall& call_of(Person& person, std::uint64_t number) {
  const auto known = std::find_if(person.calls.begin(), person.calls.end(),
                                  [&](const GivenCall& call) { return call.call == number; });
  if (known != person.calls.end()) return *known;
  person.calls.push_back({number, 0, {}, {}, {}});
  return person.calls.back();
}

void forget_call(Person& person, std::uint64_t number) {
  std::erase_if(person.calls, [&](const GivenCall& call) { return call.call == number; });
}

// Who was rung in vain by a number that is not theirs has not been rung: what was given up then
// waits for their next number, as far as it still holds.
void ring_anew(State& state, PersonIndex index) {
  Person& person = state.people[index];
  person.phone_tries = 0;
  for (const MessageIndex given_up : person.messages) {
    Message& message = state.messages[given_up];
    if (message.channel != kPhone || !message.closed) continue;
    MessageIndex newest = given_up;
    while (state.messages[newest].again) newest = *state.messages[newest].again;
    const bool is_open = message.asks() ? given_up >= person.question && person.is_silent() &&
                                              person.status == Status::free
                                        : state.untold.contains(newest);
    if (!is_open) continue;
    message.closed = false;
    state.phone_list.insert(given_up);
  }
}

}  // namespace

void State::on(const Event& event, const PhoneTaken& body) {
  Person& person = touch(body.person);
  GivenCall& given = call_of(person, 0);
  given.taken = event.at;
  given.until = body.until;
  given.messages.clear();
  for (const MessageIndex index : person.messages)
    if (phone_list.contains(index)) given.messages.push_back(index);
}

void State::on(const Event& event, const CallTaken& body) {
  on(event, CallGiven{0, body.person, 0, body.until, body.messages});
}

void State::on(const Event& event, const CallGiven& body) {
  GivenCall& given = call_of(touch(body.person), body.call);
  given.contact = body.contact;
  given.taken = event.at;
  given.until = body.until;
  given.messages.clear();
  for (const seal::MessageId& id : body.messages) {
    const auto index = message_index(id);
    if (!index) misfit("an operator was given a message that it does not have");
    given.messages.push_back(*index);
  }
}

void State::on(const Event&, const PhoneUnanswered& body) {
  Person& person = touch(body.person);
  const PersonIndex index = touched.back();
  forget_call(person, 0);
  const bool is_wrong = body.reason == kWrongNumber;
  // Such a journal does not say which number it was. There was only the first.
  if (is_wrong) note_wrong_number(index, contact_to_ring(index));
  if (++person.phone_tries >= kMostPhoneTries || is_wrong) take_off_phone_list(person, Calls::all);
}

void State::on(const Event& event, const CallEnded& body) {
  Person& person = touch(body.person);
  const PersonIndex index = touched.back();
  const std::vector<MessageIndex> given = hand_in(person, body, event.at);
  const std::uint64_t rung_next = contact_to_ring(index);
  if (body.outcome == kRightNumber) {
    std::erase_if(person.wrong_numbers,
                  [&](const WrongNumber& wrong) { return wrong.contact == body.contact; });
    put_on_phone_list(person);
  } else if (body.outcome == kWrongNumber) {
    note_wrong_number(index, body.contact);
    if (contact_to_ring(index) == 0)
      take_off_phone_list(person, Calls::all);
    else if (contact_to_ring(index) != rung_next)
      ring_anew(*this, index);
  } else if (body.outcome == kNoAnswer && (body.contact == rung_next || body.contact == 0)) {
    if (++person.phone_tries >= kMostPhoneTries) take_off_phone_list(given);
  }
}

// What the call or the sheet had to say, but for what another operator has in hand.
std::vector<MessageIndex> State::hand_in(Person& person, const CallEnded& ended, Instant at) {
  std::vector<MessageIndex> given;
  if (ended.call != 0) {
    for (GivenCall& call : person.calls)
      if (call.call == ended.call) given = std::move(call.messages);
    forget_call(person, ended.call);
  } else {
    for (const MessageIndex index : person.messages)
      if (messages[index].event <= ended.sheet) given.push_back(index);
  }
  for (const GivenCall& other : person.calls)
    if (at < other.until)
      std::erase_if(given, [&](MessageIndex index) {
        return std::find(other.messages.begin(), other.messages.end(), index) !=
               other.messages.end();
      });
  return given;
}

void State::note_wrong_number(PersonIndex index, std::uint64_t contact) {
  const auto& contacts = roster[index].contacts;
  if (contact == 0 || contact > contacts.size()) return;
  if (!is_wrong_number(index, contacts[contact - 1].address))
    people[index].wrong_numbers.push_back({contact, events});
}

bool State::is_wrong_number(PersonIndex person, std::string_view address) const {
  const auto& contacts = roster[person].contacts;
  return std::any_of(
      people[person].wrong_numbers.begin(), people[person].wrong_numbers.end(),
      [&](const WrongNumber& wrong) { return contacts[wrong.contact - 1].address == address; });
}

std::uint64_t State::contact_to_ring(PersonIndex person) const {
  return contact_to_ring(person, events);
}

std::uint64_t State::contact_to_ring(PersonIndex person, std::uint64_t event) const {
  const auto& contacts = roster[person].contacts;
  for (std::uint64_t contact = 1; contact <= contacts.size(); ++contact) {
    const roster::ContactPoint& point = contacts[contact - 1];
    if (point.channel != kPhone || !point.is_usable()) continue;
    const bool is_wrong = std::any_of(
        people[person].wrong_numbers.begin(), people[person].wrong_numbers.end(),
        [&](const WrongNumber& wrong) {
          return wrong.event <= event && contacts[wrong.contact - 1].address == point.address;
        });
    if (!is_wrong) return contact;
  }
  return 0;
}

void State::take_off_phone_list(const std::vector<MessageIndex>& some) {
  for (const MessageIndex index : some)
    if (phone_list.erase(index) > 0) messages[index].closed = true;
}

// The number is right after all: what was given up with it is to be said again.
void State::put_on_phone_list(const Person& person) {
  for (const MessageIndex index : person.messages) {
    Message& message = messages[index];
    if (message.channel != kPhone || !untold.contains(index)) continue;
    message.closed = false;
    phone_list.insert(index);
  }
}

// Whoever has a call keeps it, whatever happens to the person meanwhile.
void State::take_off_phone_list(Person& person, Calls calls) {
  for (const MessageIndex index : person.messages)
    if ((messages[index].asks() || calls == Calls::all) && phone_list.erase(index) > 0)
      messages[index].closed = true;
}

}  // namespace tocsin::incident
