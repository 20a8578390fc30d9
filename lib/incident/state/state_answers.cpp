// The part of the fold about answers: which is the newest, and what becomes of whoever gave it.
#include <algorithm>

#include "incident/state/state.h"

namespace tocsin::incident {

using base::Instant;

namespace {

constexpr base::Minutes kApart{1};  // two clocks that are right; assumed

}  // namespace

// What a device's clock is beside this journal's, by an answer that it signed.
State::DeviceClock State::device_clock(Instant said, Instant heard) const {
  if (said > heard + kApart) return DeviceClock::ahead;
  return said < declared_at - kApart ? DeviceClock::behind : DeviceClock::right;
}

// A device is held to the order of its own times while its clock stays what it is. When it was set
// in between, or this machine's was, the times do not compare.
bool State::is_outdated(const Replied& reply, Instant now) const {
  const auto found = said_by_device.find(reply.device);
  if (reply.answer == Answer::seen || found == said_by_device.end()) return false;
  const SaidByDevice& last = found->second;
  const DeviceClock was = device_clock(last.said, last.heard);
  const DeviceClock is = device_clock(reply.said, now);
  if (is == was) return reply.said < last.said;
  return is == DeviceClock::right && was == DeviceClock::ahead && reply.said < last.heard;
}

// The table of answers and states: tocsin-respond(1), WHAT AN ANSWER DOES.
void State::on(const Event& event, const Replied& body) {
  if (!replies_seen.insert(body.id).second) misfit("it counts one reply twice");
  Person& person = touch(body.person);
  const Instant said = said_at(body, event.at);
  // Of one device the later answer is the newer, also when the journal's clock was set forward in
  // between, and so the time of the earlier one.
  const auto before = said_by_device.find(body.device);
  const bool follows_own = before != said_by_device.end() && before->second.counted == person.said;
  const bool is_news = said >= person.said || follows_own;
  const bool answers = body.answer != Answer::none && body.answer != Answer::seen;
  person.reached = true;
  person.answered_on = body.channel;
  if (!body.device.empty() && body.answer != Answer::seen)
    said_by_device[body.device] = {body.said, event.at, is_clock_wrong(body, event.at),
                                   is_news ? std::max(person.said, said) : Instant{}};
  if (answers) {
    take_off_phone_list(person, Calls::requests);
    withdraw_questions(person);
  }
  // In a call without a number they have heard what was to be said; of others the journal says so.
  if (body.channel == kPhone)
    for (const GivenCall& given : person.calls)
      if (given.call == 0)
        for (const MessageIndex index : given.messages) count_as_told(index);
  if (!answers) return;
  if (has_ended()) {
    // They hear the end once more. Until then somebody who says yes acts as if they were sent for.
    const bool still_comes = person.written == Status::assigned ||
                             (person.decision && untold.contains(*person.decision));
    const bool says_yes = body.answer != Answer::no && body.answer != Answer::leaving;
    give_up_decisions(person);
    person.written = (is_news ? says_yes : still_comes) ? Status::assigned : Status::free;
    person.said = std::max(person.said, said);
    return;
  }
  if (!is_news) return;  // it was on its way while they said something newer
  person.said = std::max(person.said, said);
  if (body.answer == Answer::arrived) {
    arrive(person, event.at);
  } else if (body.answer == Answer::leaving) {
    person.left = true;
    if (!person.let_go) person.status_why = "said that they must leave";
    person.status = Status::released;
    give_up_decisions(person);
  } else {
    answer(person, body, event.at);
  }
}

// Nobody answers before the declaration, or later than now. A device that was wrong once shows a
// time that can be right after a while, and is no less wrong then.
bool State::is_clock_wrong(const Replied& reply, Instant now) const {
  const auto last = said_by_device.find(reply.device);
  return device_clock(reply.said, now) != DeviceClock::right ||
         (last != said_by_device.end() && last->second.was_wrong);
}

// When it was said, by this journal's clock: when a device signed it, if the device's clock can be
// right, and else when it came.
Instant State::said_at(const Replied& reply, Instant now) const {
  return is_clock_wrong(reply, now) ? now : std::min(reply.said, now);
}

void State::arrive(Person& person, Instant at) {
  if (!person.arrived) person.arrived = at;
  person.missed = false;
  come_back(person);
  if (person.decision && person.written == Status::assigned && !was_told_another(person))
    count_as_told(*person.decision);
}

void State::come_back(Person& person) {
  if (person.left && !person.let_go) {
    person.status = Status::free;
    person.written = Status::free;
  }
  person.left = false;
}

// Coming, later, last resort or no: the newest words count, also of somebody who was here.
void State::answer(Person& person, const Replied& reply, Instant at) {
  if (!person.was_asked() && person.duty != roster::Duty::on_duty) person.offered = true;
  person.answer = reply.answer;
  person.answered = at;
  person.when = reply.when;
  // A clock that cannot be right promised a time of its own.
  if (reply.when != Instant{} && reply.said != Instant{} &&
      std::chrono::abs(person.said - reply.said) > kApart)
    person.when += person.said - reply.said;
  person.arrived.reset();
  person.missed = false;
  person.expected = {};
  if (reply.answer == Answer::no) {
    person.pinned.reset();
    give_up_decisions(person);
    if (person.status == Status::released) return;
    person.status = Status::free;
    person.written = Status::free;
    person.status_why = "said no";
    return;
  }
  come_back(person);
  // Somebody who was stood down or released and offers again is answered again, also when only
  // their device was told so.
  if (person.status == Status::stood_down || person.status == Status::released ||
      person.written == Status::stood_down) {
    person.written = Status::free;
    give_up_decisions(person);
  }
  if (person.status == Status::stood_down) person.status = Status::free;
}

}  // namespace tocsin::incident
