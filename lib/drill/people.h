// What simulated staff do: sleep through it, read it, say yes and drive, come late, change their
// mind, offer unasked. Everything is drawn from figures.h and one seed; each person has a stream of
// their own, so that what one is asked moves nobody else's dice.
#pragma once

#include <cstdint>
#include <optional>
#include <queue>
#include <set>
#include <vector>

#include "base/instant.h"
#include "base/random.h"
#include "drill/figures.h"
#include "drill/phones.h"
#include "roster/roster.h"
#include "roster/rota.h"

namespace tocsin::drill {

class People {
 public:
  People(const roster::Roster& roster, const roster::Rota& rota, base::Instant declared,
         seal::Realness realness, seal::MessageId incident, Phones& phones,
         base::SeededRandom random);

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

  std::size_t delivered() const noexcept { return delivered_; }  // messages that devices fetched
  std::optional<base::Instant> arrival(std::size_t person) const { return people_[person].arrived; }

 private:
  enum class Does : std::uint8_t { answers, changes_mind, arrives, offers };
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
    explicit One(base::SeededRandom own) noexcept : random(own) {}
    base::SeededRandom random;
    bool has_device = true;  // a contact point that still works
    bool reachable = false;  // will notice tonight
    bool on_duty = false;
    bool is_answering = false;  // has planned to answer
    incident::Answer says = incident::Answer::no;
    base::Minutes travel{0};
    base::Minutes promised{0};  // ETA, or how long until "later"
    double lateness = 1.0;
    bool was_asked = false;
    bool said_yes = false;
    bool is_on_the_way = false;
    base::Instant ready;        // when they can be there
    std::uint64_t journey = 0;  // the arrival that counts; earlier plans are void
    std::optional<base::Instant> arrived;
  };

  void plan(base::Instant at, std::size_t person, Does what);
  void set_out(std::size_t person, const incident::Notice& notice, base::Instant now);
  incident::Reply answer_of(One& one, base::Instant now);
  void say(std::size_t person, incident::Answer answer, std::optional<base::Instant> when,
           base::Instant now);

  const Figures figures_;
  const base::Instant declared_;
  const seal::Realness realness_;
  const seal::MessageId incident_;
  Phones& phones_;
  base::SeededRandom ids_;
  std::vector<One> people_;
  std::priority_queue<Action, std::vector<Action>, std::greater<>> agenda_;
  std::uint64_t planned_ = 0;
  std::size_t delivered_ = 0;
};

}  // namespace tocsin::drill
