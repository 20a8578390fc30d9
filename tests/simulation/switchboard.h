// Operators who ring people: one at a time each, from their own process. They take calls as
// "tocsin phone" gives them out, or go by a printed sheet; they are late, also by so much that
// another was given the person meanwhile, mistype, undo, and stay on the line to hear what follows
// from an answer.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "drill/people/people.h"
#include "incident/coordinator/ring_again.h"
#include "incident/coordinator/switchboard.h"
#include "seal/certificate.h"
#include "simulation/desk.h"
#include "simulation/diary.h"
#include "simulation/hospital.h"
#include "simulation/trouble.h"

namespace tocsin::simulation {

class Switchboard {
 public:
  struct Room {  // what it works with; all of it outlives the switchboard
    Desk& desk;
    const Hospital& hospital;
    drill::People& people;
    Diary& diary;
    const seal::Certificate& certificate;
    const Trouble& trouble;
    const base::Clock& clock;    // the true time
    const base::Clock& machine;  // what the machine shows
  };
  Switchboard(const Room& room, Plant plant, base::SeededRandom random);

  std::optional<base::Instant> next() const;
  void act();

 private:
  struct Sentence {  // of what an operator reads out
    seal::MessageId message;
    std::string words;
    incident::Notice notice;
  };
  struct Ringing {
    incident::Call call;
    std::vector<Sentence> sentences;
    incident::Source source;  // the call that was given out, or the sheet
  };
  enum class Does : std::uint8_t { waits, rings, writes, stays_on_the_line };
  struct Operator {
    std::string name;
    base::Instant at;  // when they next do something
    Does does = Does::waits;
    Ringing call;
    std::optional<incident::Reply> reply;  // to be written down; without one: told
    std::vector<Ringing> sheet;            // still to be rung, the last one first
  };

  void act(Operator& one);
  void take(Operator& one);
  void print_sheet(Operator& one);
  void ring(Operator& one);
  void write(Operator& one);
  void hear_what_follows(Operator& one);
  void read_out(const Ringing& call);
  void tick_off(Operator& one);
  void not_reached(Operator& one, std::string_view outcome);
  void note(Operator& one, incident::Noted noted, const Desk::Make& make);
  void undo(Operator& one, incident::Noted noted);
  Ringing ringing(const incident::State& state, const incident::Call& call) const;
  void free(Operator& one);
  incident::Source source_of(const incident::State& state, const Operator& one) const;
  bool is_careless() { return random_.chance(room_.trouble.careless); }
  incident::TakenCall choose(const incident::State& state);

  Room room_;
  const Plant plant_;
  base::SeededRandom random_;
  std::vector<Operator> operators_;
  std::map<incident::PersonIndex, Ringing> first_call_;  // for a planted fault
};

}  // namespace tocsin::simulation
