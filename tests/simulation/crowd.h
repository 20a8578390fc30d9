// What people say besides what they are asked for: they change their minds, withdraw from reserve,
// leave, answer after they have come and after the end, and answer another incident that calls the
// same people.
#pragma once

#include <optional>
#include <vector>

#include "drill/people/people.h"
#include "simulation/relay.h"

namespace tocsin::simulation {

class Crowd {
 public:
  Crowd(const Hospital& hospital, const drill::People& people, Relay& relay, const Diary& diary,
        const Trouble& trouble, const base::Clock& clock, seal::MessageId incident,
        base::SeededRandom random);

  std::optional<base::Instant> next() const;
  void act();

 private:
  struct Word {
    base::Instant at;
    bool is_foreign = false;
  };
  std::size_t somebody();
  incident::Reply answer_of(std::size_t person);

  const Hospital& hospital_;
  const drill::People& people_;
  Relay& relay_;
  const Diary& diary_;
  const base::Clock& clock_;
  const seal::MessageId incident_;
  base::SeededRandom random_;
  std::vector<Word> words_;  // the next one last
};

}  // namespace tocsin::simulation
