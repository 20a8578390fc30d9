// People who say one thing on their device and another to the coordinator, shortly before or after:
// what they said on the device may arrive when the other is written down already.
#pragma once

#include <optional>
#include <vector>

#include "base/clock.h"
#include "simulation/desk.h"
#include "simulation/diary.h"
#include "simulation/hospital.h"
#include "simulation/relay.h"

namespace tocsin::simulation {

class SecondWords {
 public:
  struct Room {
    Desk& desk;
    const Hospital& hospital;
    Relay& relay;
    Diary& diary;
    const base::Clock& clock;
    const base::Clock& machine;
  };
  SecondWords(const Room& room, const Trouble& trouble, const seal::MessageId& incident,
              base::SeededRandom random);

  std::optional<base::Instant> next() const;
  void act();

 private:
  struct Word {
    base::Instant at;
    bool is_aloud = false;
    std::optional<std::size_t> person;  // who has said the other already
  };
  void add(const Word& word);
  std::size_t somebody();
  incident::Reply reply();
  void say(std::size_t person, bool is_aloud);

  Room room_;
  const seal::MessageId incident_;
  base::SeededRandom random_;
  std::vector<Word> words_;  // the next one last
};

}  // namespace tocsin::simulation
