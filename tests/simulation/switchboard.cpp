#include "simulation/switchboard.h"

#include <fmt/format.h>

#include <algorithm>

#include "incident/message/notice.h"

namespace tocsin::simulation {

namespace {

using base::Instant;
using incident::Answer;
using incident::Order;
using incident::State;
using std::chrono::seconds;

constexpr double kPicksUpToListen = 0.7;
// Of what careless operators note.
constexpr double kVeryLate = 0.3;  // when another may have the person
constexpr double kMistaken = 0.1;  // "wrong number" of somebody who did not pick up
constexpr double kUndone = 0.3;

}  // namespace

Switchboard::Switchboard(const Room& room, Plant plant, base::SeededRandom random)
    : room_(room), plant_(plant), random_(random) {
  for (int i = 0; i < room.trouble.operators; ++i)
    operators_.push_back({fmt::format("operator {}", i + 1),
                          room.clock.now() + seconds{60},
                          Does::waits,
                          {},
                          {},
                          {}});
}

std::optional<Instant> Switchboard::next() const {
  std::optional<Instant> next;
  for (const Operator& one : operators_)
    if (!next || one.at < *next) next = one.at;
  return next;
}

void Switchboard::act() {
  for (Operator& one : operators_)
    if (one.at <= room_.clock.now()) act(one);
}

void Switchboard::act(Operator& one) {
  switch (one.does) {
    case Does::waits:
      return take(one);
    case Does::rings:
      return ring(one);
    case Does::writes:
      return write(one);
    case Does::stays_on_the_line:
      return hear_what_follows(one);
  }
}

void Switchboard::free(Operator& one) {
  one.does = Does::waits;
  one.reply.reset();
  one.at = room_.clock.now() + seconds{5};
}

// Where they have the words from, which is what they answer by.
incident::Source Switchboard::source_of(const State& state, const Operator& one) const {
  const auto& calls = state.people[one.call.call.person].calls;
  if (plant_ == Plant::call_of_another && !calls.empty()) return {calls.back().call, 0};
  return one.call.source;
}

Switchboard::Ringing Switchboard::ringing(const State& state, const incident::Call& call) const {
  Ringing out;
  out.call = call;
  if (call.contact == 0) out.call.contact = state.contact_to_ring(call.person);
  out.source.call = call.number;
  for (const incident::MessageIndex index : call.messages) {
    const incident::Message& message = state.messages[index];
    out.sentences.push_back({message.id, incident::spoken(state, message),
                             incident::notice_for(state, message, room_.certificate)});
  }
  return out;
}

incident::TakenCall Switchboard::choose(const State& state) {
  const Instant now = room_.machine.now();
  if (plant_ == Plant::call_after_the_end && state.has_ended()) {
    for (incident::PersonIndex p = 0; p < state.people.size(); ++p)
      if (const auto question = state.people[p].request; question && state.contact_to_ring(p) != 0)
        return incident::hand_out(state, {p, {*question}, true}, now);
  }
  if (plant_ != Plant::number_given_twice) return incident::take_call(state, now);
  const auto waiting = incident::calls(state, now, incident::Taken::keep);
  if (waiting.empty()) return {};
  State unaware = state;
  unaware.people[waiting.front().person].calls.clear();
  return incident::hand_out(unaware, waiting.front(), now);
}

void Switchboard::take(Operator& one) {
  if (one.sheet.empty() && is_careless() && random_.chance(0.2)) print_sheet(one);
  if (!one.sheet.empty()) {
    one.call = std::move(one.sheet.back());
    one.sheet.pop_back();
  } else {
    std::optional<Ringing> taken;
    const bool is_given =
        room_.desk.carry_out(one.name, room_.machine.now(), [&](const State& state) {
          incident::TakenCall next = choose(state);
          taken.reset();
          if (next.call) taken = ringing(state, *next.call);
          return std::move(next.order);
        });
    if (!is_given || !taken) {
      one.at = room_.clock.now() + seconds{40 + random_.below(40)};
      return;
    }
    one.call = *std::move(taken);
  }
  first_call_.emplace(one.call.call.person, one.call);
  one.does = Does::rings;
  one.at = room_.clock.now() + seconds{10 + random_.below(is_careless() ? 70 : 20)};
}

void Switchboard::print_sheet(Operator& one) {
  const State& state = room_.desk.state();
  const auto waiting = incident::calls(state, room_.machine.now(), incident::Taken::keep);
  for (const incident::Call& call : waiting) {
    if (one.sheet.size() == 4) break;
    one.sheet.push_back(ringing(state, call));
    one.sheet.back().source = {0, state.events};
  }
  std::reverse(one.sheet.begin(), one.sheet.end());
}

void Switchboard::ring(Operator& one) {
  const Instant now = room_.clock.now();
  const incident::PersonIndex person = one.call.call.person;
  one.reply.reset();
  const std::string& number = room_.hospital.address(person, one.call.call.contact);
  if (room_.hospital.wrong[person].contains(number))  // somebody else picks up
    return not_reached(one, incident::kWrongNumber);
  bool picks_up = random_.chance(kPicksUpToListen);
  if (one.call.call.asks) {
    one.reply = room_.people.pick_up(person, now);
    picks_up = one.reply.has_value();
  }
  if (!picks_up)
    return not_reached(one, is_careless() && random_.chance(kMistaken) ? incident::kWrongNumber
                                                                       : incident::kNoAnswer);
  read_out(one.call);
  // Now and then somebody who is only told something says that they cannot come.
  if (!one.reply && random_.chance(0.05)) one.reply = incident::Reply{Answer::no, std::nullopt};
  if (one.reply) room_.diary.says_aloud(person, one.reply->answer, now);
  one.does = Does::writes;
  one.at = now + seconds{10 + random_.below(is_careless() ? 60 : 20)};
  if (is_careless() && random_.chance(kVeryLate)) one.at += seconds{random_.below(400)};
}

void Switchboard::not_reached(Operator& one, std::string_view outcome) {
  const auto noted =
      outcome == incident::kWrongNumber ? incident::Noted::wrong_number : incident::Noted::outcome;
  note(one, noted, [&](const State& state) {
    return incident::unanswered(state, one.call.call.person, outcome, source_of(state, one));
  });
}

// Writes down what came of a call, after which it is over; and perhaps takes it back.
void Switchboard::note(Operator& one, incident::Noted noted, const Desk::Make& make) {
  const incident::PersonIndex person = one.call.call.person;
  room_.desk.carry_out(one.name, room_.machine.now(), make);
  room_.desk.carry_out(one.name, room_.machine.now(), [&](const State& state) {
    return incident::and_hang_up({}, state, person, one.call.source.call);
  });
  if (one.call.source.call != 0 && is_careless() && random_.chance(kUndone))
    return undo(one, noted);
  free(one);
}

void Switchboard::undo(Operator& one, incident::Noted noted) {
  const Instant now = room_.machine.now();
  room_.desk.carry_out(one.name, now, [&](const State& state) {
    return incident::ring_again(state, one.call.call, noted, now, random_);
  });
  std::optional<Ringing> given;
  const bool is_given = room_.desk.carry_out(one.name, now, [&](const State& state) {
    given.reset();
    const auto call = incident::call_for(state, one.call.call.person, now);
    if (!call) return Order{};
    incident::TakenCall taken = incident::hand_out(state, *call, now);
    if (taken.call) given = ringing(state, *taken.call);
    return std::move(taken.order);
  });
  free(one);
  if (!is_given || !given) return;
  one.call = *std::move(given);
  one.does = Does::rings;
}

void Switchboard::read_out(const Ringing& call) {
  if (plant_ == Plant::told_without_saying && !call.call.asks) return;
  const Instant now = room_.clock.now();
  const Ringing& said = plant_ == Plant::old_words ? first_call_.at(call.call.person) : call;
  for (const Sentence& sentence : said.sentences) {
    room_.diary.hears(call.call.person, sentence.message, sentence.words, now);
    if (meaning_of(sentence.notice.kind) != Meaning::question)
      room_.people.hear(call.call.person, sentence.notice, now);
  }
}

void Switchboard::write(Operator& one) {
  const incident::PersonIndex person = one.call.call.person;
  const Instant now = room_.machine.now();
  if (!one.reply) return tick_off(one);
  if (is_careless())  // mistyped: it is refused, and written again
    room_.desk.carry_out(one.name, now, [&](const State& state) {
      return incident::answered(state, person, incident::reply_of(Answer::coming, "2 5", "", now),
                                source_of(state, one), now, random_);
    });
  // What was promised an hour ago, by this machine's clock, is not accepted: they are here by now.
  incident::Reply reply = *one.reply;
  if (reply.when && *reply.when < now) reply.when = now;
  const auto answer = [&](const State& state) {
    return incident::answered(state, person, reply, source_of(state, one), now, random_);
  };
  const bool stays = one.call.source.call != 0 && reply.answer != Answer::no && random_.chance(0.5);
  if (!stays) return note(one, incident::Noted::answer, answer);
  if (!room_.desk.carry_out(one.name, now, answer)) return free(one);
  one.does = Does::stays_on_the_line;
  one.at = room_.clock.now() + seconds{2};
}

// "told", for what the operator was given to say.
void Switchboard::tick_off(Operator& one) {
  note(one, incident::Noted::outcome, [&](const State& state) {
    const incident::PersonIndex person = one.call.call.person;
    if (plant_ != Plant::told_all) return incident::said(state, person, source_of(state, one));
    Order order;
    for (const incident::MessageIndex index : state.phone_list)
      if (state.messages[index].person == person)
        order.events.emplace_back(incident::Receipted{
            state.messages[index].id, contact::Receipt::delivered, "said by telephone"});
    return order;
  });
}

void Switchboard::hear_what_follows(Operator& one) {
  const Instant now = room_.machine.now();
  const incident::PersonIndex person = one.call.call.person;
  const std::uint64_t own = one.call.source.call;
  std::optional<Ringing> given;
  const bool is_given = room_.desk.carry_out(one.name, now, [&](const State& state) {
    given.reset();
    const auto call = incident::call_for(state, person, now);
    if (!call || call->asks) return Order{};
    incident::TakenCall taken = incident::hand_out(state, *call, now, own);
    if (taken.call) given = ringing(state, *taken.call);
    return std::move(taken.order);
  });
  if (is_given && given) {
    one.call = *std::move(given);
    read_out(one.call);
    return tick_off(one);
  }
  room_.desk.carry_out(one.name, now, [&](const State& state) {
    return incident::and_hang_up({}, state, person, own);
  });
  free(one);
}

}  // namespace tocsin::simulation
