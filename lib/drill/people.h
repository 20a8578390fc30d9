// What simulated staff do: sleep through it, read it, say yes and drive, come late, change their
// mind, offer unasked. Each has a night of their own (night.h), drawn from figures.h and one seed
// before anything happens: what one is asked moves nobody's dice, their own included.
#pragma once

#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "base/instant.h"
#include "base/random.h"
#include "drill/figures.h"
#include "drill/night.h"
#include "drill/phones.h"
#include "drill/policy.h"
#include "roster/people/roster.h"
#include "roster/rota/rota.h"

namespace tocsin::drill {

// How tonight's people differ from what the published figures say of people.
struct Temper {
  Policy called = Policy::measured;  // people follow a measured call, and pour in after a broadcast
  double belief = 1.0;               // as in draw_night
};

class People {
 public:
  People(const roster::Roster& roster, const roster::Rota& rota, base::Instant declared,
         seal::Realness realness, seal::MessageId incident, Phones& phones,
         base::SeededRandom random, const Temper& temper);

  // A device has something to show: the person may notice, now or later.
  void notify(std::size_t person, base::Instant now);

  // When the next person does something; absent when all are at rest.
  std::optional<base::Instant> next() const;
  // Everything that people do up to `now`.
  void act(base::Instant now);

  // What somebody says to an operator who rings them now; nullopt: nobody picks up.
  std::optional<incident::Reply> pick_up(std::size_t person, base::Instant now);
  // Whoever said yes on the telephone answers it when it rings again.
  bool awaits_call(std::size_t person) const { return people_[person].said_yes; }
  // The operator reads a notice out.
  void hear(std::size_t person, const incident::Notice& notice, base::Instant now);

  // Whoever rang the coordinator since the last call to say that they are coming: in a broadcast
  // nobody has told them to wait.
  struct Ring {
    std::size_t person;
    base::Instant arrives;  // as they promise
  };
  std::vector<Ring> take_rings();

  std::size_t delivered() const noexcept { return delivered_; }  // messages that devices fetched
  std::optional<base::Instant> arrival(std::size_t person) const { return people_[person].arrived; }
  const Night& night(std::size_t person) const { return people_[person].night; }

 private:
  enum class Does : std::uint8_t { answers, changes_mind, arrives, offers };
  enum class Word : std::uint8_t { answer, change, arrival };  // positions in Night::doubled
  struct Action {
    base::Instant at;
    std::uint64_t order;  // first planned, first done, when times are equal
    std::size_t person;
    Does what;
    std::uint64_t journey;  // of the person when it was planned: an arrival called off is void
    friend bool operator>(const Action& a, const Action& b) {
      return std::pair{a.at, a.order} > std::pair{b.at, b.order};
    }
  };
  struct One {
    Night night;
    bool on_duty = false;
    base::Minutes travel{0};
    std::size_t rings = 0;      // of the switchboard
    bool is_answering = false;  // has planned to answer, or has answered
    incident::Answer said = incident::Answer::none;
    bool said_yes = false;
    bool comes_regardless = false;  // follows nobody's word
    bool is_on_the_way = false;
    base::Instant ready;        // when they can be there
    std::uint64_t journey = 0;  // the arrival that counts; earlier plans are void
    std::optional<base::Instant> arrived;
  };

  void plan(base::Instant at, std::size_t person, Does what);
  void set_out(std::size_t person, const incident::Notice& notice, base::Instant now);
  incident::Reply answer_of(std::size_t person, incident::Answer answer, base::Instant now);
  void offer(std::size_t person, base::Instant now);
  void say(std::size_t person, Word word, const incident::Reply& reply, base::Instant now);

  const Figures figures_;
  const base::Instant declared_;
  const seal::Realness realness_;
  const seal::MessageId incident_;
  const Policy called_;
  Phones& phones_;
  base::SeededRandom ids_;
  std::vector<One> people_;
  std::vector<Ring> rings_;
  std::priority_queue<Action, std::vector<Action>, std::greater<>> agenda_;
  std::uint64_t planned_ = 0;
  std::size_t delivered_ = 0;
};

}  // namespace tocsin::drill
