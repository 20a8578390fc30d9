#include "simulation/crowd.h"

#include <algorithm>

namespace tocsin::simulation {

namespace {

using base::Instant;
using base::Minutes;
using incident::Answer;

constexpr Minutes kReplyLife{12 * 60};

}  // namespace

Crowd::Crowd(const Hospital& hospital, const drill::People& people, Relay& relay,
             const Diary& diary, const Trouble& trouble, const base::Clock& clock,
             seal::MessageId incident, base::SeededRandom random)
    : hospital_(hospital),
      people_(people),
      relay_(relay),
      diary_(diary),
      clock_(clock),
      incident_(incident),
      random_(random) {
  const auto span = static_cast<std::uint64_t>(std::min(trouble.lasts, Minutes{180}).count());
  for (int i = 0; i < trouble.restless + trouble.foreign; ++i)
    words_.push_back({clock.now() + std::chrono::seconds{120 + random_.below(span * 60)},
                      i >= trouble.restless});
  std::sort(words_.begin(), words_.end(), [](const Word& a, const Word& b) { return a.at > b.at; });
}

std::optional<Instant> Crowd::next() const {
  return words_.empty() ? std::nullopt : std::optional{words_.back().at};
}

// Mostly somebody who has heard of it.
std::size_t Crowd::somebody() {
  const auto& heard = diary_.heard();
  return heard.empty() || random_.chance(0.1) ? random_.below(hospital_.size())
                                              : heard[random_.below(heard.size())].person;
}

incident::Reply Crowd::answer_of(std::size_t person) {
  const Instant now = clock_.now();
  const bool is_there = people_.arrival(person).has_value();
  switch (random_.below(7)) {
    case 0:
    case 1:
      return {Answer::coming, now + Minutes{10 + random_.below(60)}};
    case 2:
      return {Answer::later, now + Minutes{120 + random_.below(600)}};
    case 3:
      return {Answer::last_resort, std::nullopt};
    case 4:
      return {is_there ? Answer::arrived : Answer::no, std::nullopt};
    case 5:
      return {is_there ? Answer::leaving : Answer::no, std::nullopt};
    default:
      return {Answer::no, std::nullopt};
  }
}

void Crowd::act() {
  const Instant now = clock_.now();
  for (; !words_.empty() && words_.back().at <= now; words_.pop_back()) {
    const std::size_t person = somebody();
    seal::Header header{seal::Kind::reply,
                        seal::Realness::exercise,
                        seal::random_message_id(random_),
                        incident_,
                        now,
                        now + kReplyLife};
    if (words_.back().is_foreign) header.incident = seal::random_message_id(random_);
    relay_.send(person, header, answer_of(person));
  }
}

}  // namespace tocsin::simulation
