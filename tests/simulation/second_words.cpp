#include "simulation/second_words.h"

#include <algorithm>

#include "incident/coordinator/order.h"

namespace tocsin::simulation {

namespace {

using base::Instant;
using base::Minutes;
using incident::Answer;
using std::chrono::seconds;

constexpr Minutes kReplyLife{12 * 60};

}  // namespace

SecondWords::SecondWords(const Room& room, const Trouble& trouble, const seal::MessageId& incident,
                         base::SeededRandom random)
    : room_(room), incident_(incident), random_(random) {
  const auto span = static_cast<std::uint64_t>(std::min(trouble.lasts, Minutes{120}).count());
  for (int i = 0; i < trouble.second_words; ++i)
    add({room.clock.now() + seconds{120 + random_.below(span * 60)}, random_.chance(0.3), {}});
}

void SecondWords::add(const Word& word) {
  words_.push_back(word);
  std::stable_sort(words_.begin(), words_.end(),
                   [](const Word& a, const Word& b) { return a.at > b.at; });
}

std::optional<Instant> SecondWords::next() const {
  return words_.empty() ? std::nullopt : std::optional{words_.back().at};
}

// Mostly somebody who has heard of it.
std::size_t SecondWords::somebody() {
  const auto& heard = room_.diary.heard();
  return heard.empty() || random_.chance(0.1) ? random_.below(room_.hospital.size())
                                              : heard[random_.below(heard.size())].person;
}

incident::Reply SecondWords::reply() {
  const Instant now = room_.clock.now();
  switch (random_.below(4)) {
    case 0:
      return {Answer::later, now + Minutes{120 + random_.below(600)}};
    case 1:
      return {Answer::coming, now + Minutes{10 + random_.below(60)}};
    default:
      return {Answer::no, std::nullopt};
  }
}

void SecondWords::say(std::size_t person, bool is_aloud) {
  const Instant now = room_.clock.now();
  const incident::Reply said = reply();
  if (!is_aloud) {
    const seal::Header header{seal::Kind::reply,
                              seal::Realness::exercise,
                              seal::random_message_id(random_),
                              incident_,
                              now,
                              now + kReplyLife};
    return room_.relay.send_late(person, header, said, seconds{60 + random_.below(600)});
  }
  room_.diary.says_aloud(person, said.answer, now);
  incident::Reply noted = said;
  const Instant machine = room_.machine.now();
  if (noted.when) *noted.when += machine - now;
  room_.desk.carry_out("commander", machine, [&](const incident::State& state) {
    return incident::reply_for(state, static_cast<incident::PersonIndex>(person), noted,
                               incident::kHand, machine, random_);
  });
}

void SecondWords::act() {
  const Instant now = room_.clock.now();
  while (!words_.empty() && words_.back().at <= now) {
    const Word word = words_.back();
    words_.pop_back();
    const std::size_t person = word.person.value_or(somebody());
    if (!room_.hospital.has_device[person]) continue;
    say(person, word.is_aloud);
    if (!word.person) add({now + seconds{20 + random_.below(400)}, !word.is_aloud, person});
  }
}

}  // namespace tocsin::simulation
