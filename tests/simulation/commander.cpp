#include "simulation/commander.h"

#include <fmt/format.h>

#include <algorithm>

#include "incident/coordinator/verdict.h"

namespace tocsin::simulation {

namespace {

using base::Instant;
using base::Minutes;
using incident::Order;
using incident::PersonIndex;
using incident::State;

const std::string kName = "commander";

}  // namespace

Commander::Commander(const Room& room, base::SeededRandom random) : room_(room), random_(random) {
  const Instant from = room.clock.now();
  const auto span = static_cast<std::uint64_t>(std::min(room.trouble.lasts, Minutes{150}).count());
  for (int i = 0; i < room.trouble.orders; ++i)
    times_.push_back(from + std::chrono::seconds{60 + random_.below(span * 60)});
  std::sort(times_.rbegin(), times_.rend());
  if (room.trouble.ends_at) end_ = from + *room.trouble.ends_at;
}

std::optional<Instant> Commander::next() const {
  if (times_.empty()) return end_;
  return end_ ? std::min(*end_, times_.back()) : times_.back();
}

void Commander::act() {
  const Instant now = room_.clock.now();
  for (; !times_.empty() && times_.back() <= now; times_.pop_back()) give_an_order();
  if (!end_ || *end_ > now) return;
  end_.reset();
  if (random_.chance(0.5)) {  // the last words, which the end makes old
    const base::SeededRandom before = random_;
    room_.desk.carry_out(kName, room_.machine.now(), [&](const State& state) {
      random_ = before;
      return words(state);
    });
  }
  room_.desk.carry_out(kName, room_.machine.now(),
                       [&](const State& state) { return incident::stand_down(state, "over"); });
  if (!room_.desk.state().has_ended()) end_ = now + Minutes{5};  // refused: once more
}

void Commander::give_an_order() {
  // When another comes first, the same order is made again from the newer state.
  const base::SeededRandom before = random_;
  room_.desk.carry_out(kName, room_.machine.now(), [&](const State& state) {
    random_ = before;
    return order(state);
  });
}

// Mostly one of those who are concerned.
PersonIndex Commander::somebody(const State& state) {
  std::vector<PersonIndex> concerned;
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    if (state.people[p].status != incident::Status::free || state.people[p].was_asked())
      concerned.push_back(p);
  if (concerned.empty() || random_.chance(0.2))
    return static_cast<PersonIndex>(random_.below(state.people.size()));
  return concerned[random_.below(concerned.size())];
}

Order Commander::order(const State& state) {
  switch (random_.below(8)) {
    case 0:
    case 1:
      return need(state);
    case 2:
      return post(state);
    case 3:
    case 4:
      return incident::release(state, somebody(state), "needed elsewhere");
    case 5:
      return words(state);
    case 6:
      return random_.chance(0.5) ? verdict(state) : incident::decide("one entrance", "quicker");
    default:
      return arrival(state);
  }
}

Order Commander::need(const State& state) {
  const auto post = static_cast<incident::PostIndex>(random_.below(state.playbook.posts.size()));
  return incident::set_need(state, post, static_cast<int>(random_.below(5)), std::nullopt,
                            "so many", room_.machine.now());
}

Order Commander::post(const State& state) {
  const auto post = static_cast<incident::PostIndex>(random_.below(state.playbook.posts.size()));
  return incident::assign(state, somebody(state), post, {true, true}, "knows the room",
                          room_.machine.now());
}

Order Commander::words(const State& state) {
  const std::string text = fmt::format("word number {}", state.events);
  const incident::Audience to = std::array{incident::Audience::coming, incident::Audience::asked,
                                           incident::Audience::person}[random_.below(3)];
  const std::string whom =
      to == incident::Audience::person ? state.roster[somebody(state)].id.str() : "";
  return incident::tell(state, {to, whom}, text, room_.machine.now(), random_);
}

Order Commander::verdict(const State& state) {
  if (state.prompts.empty()) return {};
  const std::uint64_t number = 1 + random_.below(state.prompts.size());
  return incident::answer_prompt(
      state, number,
      random_.chance(0.5) ? incident::Verdict::accepted : incident::Verdict::declined, "so be it",
      room_.machine.now(), random_);
}

// Of somebody who stands at the desk.
Order Commander::arrival(const State& state) {
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    if (!room_.people.arrival(p) || state.people[p].arrived || random_.chance(0.5)) continue;
    room_.diary.says_aloud(p, incident::Answer::arrived, room_.clock.now());
    return incident::reply_for(state, p, {incident::Answer::arrived, std::nullopt}, incident::kHand,
                               room_.machine.now(), random_);
  }
  return {};
}

}  // namespace tocsin::simulation
