#include "simulation/mischief.h"

#include <algorithm>

#include "incident/message/notice.h"

namespace tocsin::simulation {

namespace {

using base::Instant;
using incident::Order;
using incident::Person;
using incident::PersonIndex;
using incident::State;

template <class Is>
std::optional<PersonIndex> first(const State& state, Is&& is) {
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    if (is(state.people[p])) return p;
  return std::nullopt;
}

Order seat_for(const State& state, std::optional<PersonIndex> person, Instant now) {
  if (!person) return {};
  return {{incident::Assigned{state.roster[*person].id, state.playbook.posts.front().id, 0, now,
                              "planted"}},
          ""};
}

// All reminders that the playbook allows, and one more.
Order reminders(const State& state, Instant now, base::Random& ids) {
  const auto silent = first(state, [&](const Person& person) {
    return person.is_silent() && person.status == incident::Status::free &&
           state.messages[*person.request].channel != incident::kPhone;
  });
  Order order;
  if (!silent) return order;
  const Person& person = state.people[*silent];
  for (int i = person.reminded; i <= state.playbook.cascade.reminders; ++i)
    order.events.emplace_back(
        incident::Issued{seal::random_message_id(ids), state.roster[*silent].id,
                         playbook::MessageKind::reminder, state.messages[*person.request].channel,
                         person.asked_for, 0, now + incident::kMessageLife, "", "planted"});
  return order;
}

Order answer(const State& state, const Diary& diary, Instant now, base::Random& ids) {
  std::optional<PersonIndex> quiet;
  for (PersonIndex p = 0; p < state.people.size() && !quiet; ++p)
    if (state.people[p].is_silent() && diary.said_by(p).empty()) quiet = p;
  return quiet ? incident::reply_for(state, *quiet, {incident::Answer::coming, std::nullopt},
                                     incident::kPhone, now, ids)
               : Order{};
}

}  // namespace

void misbehave(Plant plant, Desk& desk, const Diary& diary, Instant machine_now) {
  desk.carry_out("planted", machine_now, [&](const State& state) -> Order {
    base::SeededRandom ids{state.events};
    switch (plant) {
      case Plant::sends_for_the_released:
        return state.has_ended()
                   ? Order{}
                   : seat_for(state,
                              first(state, [](const Person& person) { return person.let_go; }),
                              machine_now);
      case Plant::seat_after_the_end:
        return state.has_ended() ? seat_for(state, PersonIndex{0}, machine_now) : Order{};
      case Plant::reminder_too_many:
        return reminders(state, machine_now, ids);
      case Plant::answer_of_nobody:
        return answer(state, diary, machine_now, ids);
      default:
        return {};
    }
  });
}

}  // namespace tocsin::simulation
