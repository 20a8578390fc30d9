// A coordinator who gives orders at random: needs, posts, releases, words to many, verdicts, and in
// some nights the end. It also writes down who has come in.
#pragma once

#include <optional>
#include <vector>

#include "base/clock.h"
#include "drill/people/people.h"
#include "simulation/desk.h"
#include "simulation/diary.h"
#include "simulation/hospital.h"

namespace tocsin::simulation {

class Commander {
 public:
  struct Room {
    Desk& desk;
    const Hospital& hospital;
    drill::People& people;
    Diary& diary;
    const Trouble& trouble;
    const base::Clock& clock;
    const base::Clock& machine;
  };
  Commander(const Room& room, base::SeededRandom random);

  std::optional<base::Instant> next() const;
  void act();
  // An order out of turn, as a command that comes first.
  void give_an_order();

 private:
  incident::PersonIndex somebody(const incident::State& state);
  incident::Order order(const incident::State& state);
  incident::Order need(const incident::State& state);
  incident::Order post(const incident::State& state);
  incident::Order words(const incident::State& state);
  incident::Order verdict(const incident::State& state);
  incident::Order arrival(const incident::State& state);

  Room room_;
  base::SeededRandom random_;
  std::vector<base::Instant> times_;  // of orders, the next one last
  std::optional<base::Instant> end_;
};

}  // namespace tocsin::simulation
