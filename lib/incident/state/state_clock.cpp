// The part of the fold about a clock that was set. The night goes by the time that passes, and the
// clock only names it: what happened, and what was set from there, move with the clock
// (tocsin-run(1), CLOCKS).
#include <algorithm>
#include <utility>

#include "incident/state/state.h"

namespace tocsin::incident {

using base::Instant;
using base::Milliseconds;

namespace {

// A clock that was set by less changes nothing that people were told. Assumed.
constexpr base::Minutes kMatters{5};

// More is a journal that makes no sense, and would leave the range of times.
constexpr Milliseconds kLongest = std::chrono::hours{100 * 365 * 24};

// Whoever drives has measured a step back by then. Assumed.
constexpr base::Minutes kMeasured{1};

// Between what happened before the clock was set back and what was written down since.
constexpr Milliseconds kTick{1};

// How far something moves that is set; what is not set stays so.
Milliseconds way_of(Instant from, const std::function<Instant(Instant)>& moved) {
  return from == Instant{} ? Milliseconds{0} : moved(from) - from;
}

}  // namespace

// Nothing that happened is later than now. When that holds for the declaration, too, the deadlines
// stay as people know them, unless the clock comes back from where it was set forward to.
// Otherwise the incident was declared by a clock that was ahead, and all of it moves.
void State::on(const Event& event, const ClockSetBack&) {
  const Instant now = event.at;
  const Milliseconds back = std::clamp(latest - now, Milliseconds{0}, kLongest);
  clock.back += back;
  clock.moved_deadlines = now < declared_at;
  Milliseconds returns = std::min(back, clock.forward);
  clock.forward -= returns;
  if (clock.moved_deadlines) {
    // An earlier step back was of the same wrong clock.
    returns = back;
    move_declaration(-(back + std::exchange(clock.stayed, Milliseconds{0})));
  } else {
    move_declaration(-returns);
    // After the last shift it is the clock that was wrong, and nothing has to come back.
    if (latest < at(playbook.shifts.back().until)) clock.stayed += back - returns;
  }
  clock.set_back = now;
  move_times([&](Instant when) { return std::min(when - returns, now - kTick); });
}

void State::on(const Event& event, const ClockMeasured& body) {
  const auto time = [](std::uint64_t ms) {
    return Milliseconds{
        static_cast<std::int64_t>(std::min(ms, static_cast<std::uint64_t>(kLongest.count())))};
  };
  // Others may have appended since it was noticed.
  const bool moved_deadlines =
      std::exchange(clock.moved_deadlines, false) && event.at < clock.set_back + kMeasured;
  if (const Milliseconds behind = time(body.behind); behind > Milliseconds{0}) {
    const Milliseconds returns = std::min(behind, clock.forward);
    clock.forward -= returns;
    move_declaration(-(moved_deadlines ? behind : returns));
    if (!moved_deadlines) clock.stayed += behind - returns;
    // What others have written down since the clock was set has the new time already.
    return move_times([&](Instant when) { return when >= clock.set_back ? when : when - behind; });
  }
  // It first comes back to where it was when it went back, which moves no deadline.
  const Milliseconds ahead = time(body.ahead);
  const Milliseconds returns = std::min(ahead, clock.stayed);
  clock.stayed -= returns;
  clock.forward += ahead - returns;
  move_declaration(ahead - returns);
  // Whoever looked before the driver did has written down the new time already.
  const Instant now = event.at;
  move_times([&](Instant when) { return std::max(when, std::min(when + ahead, now)); });
}

void State::move_declaration(Milliseconds by) {
  declared_at += by;
  if (std::chrono::abs(by) < kMatters) return;
  take_duties();
  // What they were told to be in time for was named by a clock that was wrong.
  for (PersonIndex p = 0; p < people.size(); ++p) {
    Person& person = people[p];
    if (person.written != Status::assigned || person.arrived || has_ended()) continue;
    give_up_decisions(person);
    person.written_post = {};
    touched.push_back(p);
  }
}

void State::move_times(const Moved& moved) {
  move_messages(moved);
  for (Person& person : people) move_person(person, moved);
  for (Prompt& prompt : prompts) {
    prompt.opened = moved(prompt.opened);
    if (prompt.raised) prompt.raised = moved(*prompt.raised);
  }
  for (auto& [device, last] : said_by_device) {
    last.heard = moved(last.heard);
    last.counted += way_of(last.counted, moved);
  }
  for (auto& [channel, outage] : outages) outage.since = moved(outage.since);
  if (reviewed) reviewed = moved(*reviewed);
  if (ended_at) ended_at = moved(*ended_at);
  ++needs_revision;  // all arrivals are others
  forget_review();
}

void State::move_messages(const Moved& moved) {
  decltype(outbox) due;
  for (const auto& [when, index] : outbox) {
    const Message& message = messages[index];
    due.emplace(when + way_of(message.attempts == 0 ? message.issued : message.receipted, moved),
                index);
  }
  outbox = std::move(due);
  for (Message& message : messages) {
    message.expires += way_of(message.issued, moved);
    message.issued = moved(message.issued);
    message.receipted += way_of(message.receipted, moved);
  }
}

void State::move_person(Person& person, const Moved& moved) {
  // What was promised lies as far ahead as it did when they said it.
  const bool as_promised = person.expected == person.when;
  if (person.when != Instant{}) person.when += way_of(person.answered, moved);
  if (as_promised)
    person.expected = person.when;
  else if (person.expected != Instant{})
    person.expected += way_of(person.sent_for, moved);
  for (GivenCall& given : person.calls) {
    given.until += way_of(given.taken, moved);
    given.taken += way_of(given.taken, moved);
  }
  for (Instant* when : {&person.window_from, &person.asked, &person.answered, &person.said,
                        &person.status_since, &person.sent_for, &person.pinned_at})
    *when += way_of(*when, moved);
  if (person.arrived) person.arrived = moved(*person.arrived);
  if (person.silent_until) person.silent_until = moved(*person.silent_until);
}

}  // namespace tocsin::incident
