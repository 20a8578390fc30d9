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
constexpr double kWrongNumber = 0.1;  // of those who do not pick up

}  // namespace

Switchboard::Switchboard(const Room& room, Plant plant, base::SeededRandom random)
    : room_(room), plant_(plant), random_(random) {
  for (int i = 0; i < room.trouble.operators; ++i)
    operators_.push_back({fmt::format("operator {}", i + 1),
                          room.clock.now() + seconds{60},
                          Does::waits,
                          {},
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

// By a sheet they never had it, and another may have it after kCallTerm.
bool Switchboard::has_the_call(const Operator& one) const {
  const Instant now = room_.machine.now();
  return !one.call.sheet && one.taken <= now && now < one.taken + incident::kCallTerm;
}

Switchboard::Ringing Switchboard::ringing(const State& state, const incident::Call& call) const {
  Ringing out;
  out.person = call.person;
  out.asks = call.asks;
  for (const incident::MessageIndex index : call.messages) {
    const incident::Message& message = state.messages[index];
    out.sentences.push_back({message.id, incident::spoken(state, message),
                             incident::notice_for(state, message, room_.certificate)});
  }
  return out;
}

incident::TakenCall Switchboard::choose(const State& state) {
  const Instant now = room_.machine.now();
  if (plant_ != Plant::number_given_twice) return incident::take_call(state, now);
  const auto waiting = incident::calls(state, now, incident::Taken::keep);
  return waiting.empty() ? incident::TakenCall{} : incident::hand_out(state, waiting.front(), now);
}

void Switchboard::take(Operator& one) {
  if (one.sheet.empty() && is_careless() && random_.chance(0.2)) print_sheet(one);
  if (!one.sheet.empty()) {
    one.call = std::move(one.sheet.back());
    one.sheet.pop_back();
  } else {
    std::optional<Ringing> taken;
    room_.desk.carry_out(one.name, room_.machine.now(), [&](const State& state) {
      incident::TakenCall next = choose(state);
      taken.reset();
      if (next.call) taken = ringing(state, *next.call);
      return std::move(next.order);
    });
    if (!taken) {
      one.at = room_.clock.now() + seconds{40 + random_.below(40)};
      return;
    }
    one.call = *std::move(taken);
  }
  one.taken = room_.machine.now();
  first_call_.emplace(one.call.person, one.call);
  one.does = Does::rings;
  one.at = room_.clock.now() + seconds{10 + random_.below(is_careless() ? 70 : 20)};
}

void Switchboard::print_sheet(Operator& one) {
  const State& state = room_.desk.state();
  const auto waiting = incident::calls(state, room_.machine.now(), incident::Taken::keep);
  for (const incident::Call& call : waiting) {
    if (one.sheet.size() == 4) break;
    one.sheet.push_back(ringing(state, call));
    one.sheet.back().sheet = state.events;
  }
  std::reverse(one.sheet.begin(), one.sheet.end());
}

void Switchboard::ring(Operator& one) {
  const Instant now = room_.clock.now();
  one.reply.reset();
  bool picks_up = random_.chance(kPicksUpToListen);
  if (one.call.asks) {
    one.reply = room_.people.pick_up(one.call.person, now);
    picks_up = one.reply.has_value();
  }
  if (!picks_up) {
    const auto reason = random_.chance(kWrongNumber) ? incident::kWrongNumber : incident::kNoAnswer;
    if (has_the_call(one))
      room_.desk.carry_out(one.name, room_.machine.now(), [&](const State& state) {
        return incident::unanswered(state, one.call.person, reason);
      });
    return free(one);
  }
  read_out(one.call);
  // Now and then somebody who is only told something says that they cannot come.
  if (!one.reply && random_.chance(0.05)) one.reply = incident::Reply{Answer::no, std::nullopt};
  if (one.reply) room_.diary.says_aloud(one.call.person, one.reply->answer, now);
  one.does = Does::writes;
  one.at = now + seconds{10 + random_.below(is_careless() ? 60 : 20)};
}

void Switchboard::read_out(const Ringing& call) {
  if (plant_ == Plant::told_without_saying && !call.asks) return;
  const Instant now = room_.clock.now();
  const Ringing& said = plant_ == Plant::old_words ? first_call_.at(call.person) : call;
  for (const Sentence& sentence : said.sentences) {
    room_.diary.hears(call.person, sentence.message, sentence.words, now);
    if (meaning_of(sentence.notice.kind) != Meaning::question)
      room_.people.hear(call.person, sentence.notice, now);
  }
}

void Switchboard::write(Operator& one) {
  const incident::PersonIndex person = one.call.person;
  const Instant now = room_.machine.now();
  if (!one.reply) {
    // Whoever is too late leaves it to the next one.
    if (has_the_call(one) || one.call.sheet) tick_off(one);
    return free(one);
  }
  if (is_careless())  // mistyped: it is refused, and written again
    room_.desk.carry_out(one.name, now, [&](const State& state) {
      return incident::reply_for(state, person, incident::reply_of(Answer::coming, "2 5", "", now),
                                 incident::kPhone, now, random_);
    });
  const bool stays = has_the_call(one) && one.reply->answer != Answer::no && random_.chance(0.5);
  // What was promised an hour ago, by this machine's clock, is not accepted: they are here by now.
  incident::Reply reply = *one.reply;
  if (reply.when && *reply.when < now) reply.when = now;
  const bool written = room_.desk.carry_out(one.name, now, [&](const State& state) {
    Order order = incident::reply_for(state, person, reply, incident::kPhone, now, random_);
    const bool keeps = stays || !has_the_call(one);
    return keeps ? order : incident::and_hang_up(std::move(order), state, person, now);
  });
  if (!written || !stays) return free(one);
  one.does = Does::stays_on_the_line;
  one.at = room_.clock.now() + seconds{2};
}

// "told", for what the operator was given to say.
void Switchboard::tick_off(Operator& one) {
  const incident::PersonIndex person = one.call.person;
  const Instant now = room_.machine.now();
  room_.desk.carry_out(one.name, now, [&](const State& state) {
    Order order;
    if (plant_ == Plant::told_all) {
      for (const incident::MessageIndex index : state.phone_list)
        if (state.messages[index].person == person)
          order.events.emplace_back(incident::Receipted{
              state.messages[index].id, contact::Receipt::delivered, "said by telephone"});
    } else {
      order = incident::said(state, person, one.call.sheet);
    }
    // Who goes by a sheet has no call to end.
    return one.call.sheet ? order : incident::and_hang_up(std::move(order), state, person, now);
  });
}

void Switchboard::hear_what_follows(Operator& one) {
  const Instant now = room_.machine.now();
  std::optional<Ringing> given;
  room_.desk.carry_out(one.name, now, [&](const State& state) {
    given.reset();
    const auto call = incident::call_for(state, one.call.person, now);
    if (!call || call->asks) return Order{};
    given = ringing(state, *call);
    return incident::hand_out(state, *call, now).order;
  });
  if (given) {
    one.call = *std::move(given);
    read_out(one.call);
    tick_off(one);
  }
  room_.desk.carry_out(one.name, now, [&](const State& state) {
    return incident::and_hang_up({}, state, one.call.person, now);
  });
  free(one);
}

}  // namespace tocsin::simulation
