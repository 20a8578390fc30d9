// What simulated staff do: sleep, read a message, say yes and drive, come late, change their mind,
// offer unasked. Each person's night (night.h) is drawn from figures.h and one seed before anything
// happens, so asking somebody changes nobody's random numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "base/instant.h"
#include "base/random.h"
#include "drill/people/figures.h"
#include "drill/people/night.h"
#include "drill/people/phones.h"
#include "drill/people/policy.h"
#include "roster/people/roster.h"
#include "roster/rota/rota.h"

namespace tocsin::drill {

// How tonight's people differ from the published figures.
struct Temper {
  Policy called = Policy::measured;  // after a broadcast people come even if told not to
  double belief = 1.0;               // as in draw_night
  bool phones_decide = false;        // who notices a message; otherwise the figures do
};

class People {
 public:
  People(const roster::Roster& roster, const roster::Rota& rota, base::Instant declared,
         seal::Realness realness, seal::MessageId incident, Phones& phones,
         const base::SeededRandom& random, const Temper& temper);

  // A device has a new message. The person may notice it, now or later.
  void notify(std::size_t person, base::Instant now);

  // When a person next does something; absent when nobody will.
  std::optional<base::Instant> next() const;
  // Does everything that people do up to `now`.
  void act(base::Instant now);

  // The answer to an operator who rings now; nullopt when nobody picks up.
  std::optional<incident::Reply> pick_up(std::size_t person, base::Instant now);
  // Whether somebody picks up who is rung only to be told something. At work they do.
  bool picks_up(std::size_t person);
  // Whether they said yes on the telephone, and so pick up when it rings again.
  bool awaits_call(std::size_t person) const { return people_[person].said_yes; }
  // An operator reads a notice out to them.
  void hear(std::size_t person, const incident::Notice& notice, base::Instant now);

  // People who rang the coordinator since the last call, to say that they are coming. That happens
  // in a broadcast, because nobody told them to wait.
  struct Ring {
    std::size_t person;
    base::Instant arrives;  // as promised
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
    std::uint64_t order;  // for equal times: the one planned first is done first
    std::size_t person;
    Does what;
    std::uint64_t journey;  // One::journey when it was planned; another one makes it void
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
    bool comes_regardless = false;  // comes whatever they are told
    bool is_on_the_way = false;
    base::Instant ready;        // when they can be there
    std::uint64_t journey = 0;  // number of the current journey; earlier plans are void
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
