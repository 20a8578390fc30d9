// One incident in a hostile world. Networks lose, delay, double and reorder, people say what they
// like, operators and a commander work beside the driver, the driver dies or hangs, the clock is
// changed. After every turn a checker holds what the program says against what people were told.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "callout/recourse.h"
#include "drill/people/people.h"
#include "incident/loop/drive.h"
#include "incident/state/ledger.h"
#include "simulation/checker.h"
#include "simulation/commander.h"
#include "simulation/crowd.h"
#include "simulation/machine_clock.h"
#include "simulation/messengers.h"
#include "simulation/second_words.h"
#include "simulation/switchboard.h"

namespace tocsin::simulation {

class World {
 public:
  World(std::uint64_t seed, std::size_t staff, const Trouble& trouble, Plant plant = Plant::nothing,
        callout::Recourses recourses = {});

  // The driver dies at the append with this number, from 1. Before play.
  void let_die(DieAt how, std::uint64_t at) { drivers_view_.dies.emplace(at, how); }

  // Plays the night to its end. Returns the checker's first finding, or nothing.
  std::string play();

  // The journal and the diary, line by line, to find out why.
  std::string story();

  std::uint64_t appends() const noexcept { return drivers_view_.appends; }
  std::uint64_t deaths() const noexcept { return deaths_; }
  std::uint64_t events() { return kept_.size(); }
  seal::Hash head() { return kept_.head(); }
  bool hung() const noexcept { return hung_; }
  const incident::State& state() const { return ledger_->state(); }

 private:
  void declare();
  void start();  // also after a death, with only the journal and the outside world left
  void drive();
  void turn_until_quiet(incident::Driver& driver);
  bool may_turn(incident::Driver& driver);
  void others_act();
  void certify_anew();
  void look();
  void people_look();
  void deliver_words();
  void meanwhile();
  void another_drives();
  void find_wrong(std::string what);
  std::string check_end();
  std::optional<base::Instant> next_event(const std::optional<incident::Driver>& driver) const;
  bool advance(const std::optional<incident::Driver>& driver, base::Instant end);
  incident::Driver driver_of(incident::Ledger& ledger);

  const Trouble trouble_;
  const Plant plant_;
  base::VirtualClock clock_;  // the true time
  base::SeededRandom random_;
  const Hospital hospital_;
  MachineClock machine_;
  seal::Identity organisation_;
  const seal::MessageId incident_;
  drill::OpenEnvelopes envelopes_;
  Mandate mandate_;
  Diary diary_;
  Relay relay_;
  Post threema_post_;
  Post sms_post_;
  Messenger threema_;
  Pager sms_;
  drill::People people_;
  Crowd crowd_;
  journal::MemoryJournal kept_;
  DriversView drivers_view_;
  View checkers_view_;
  std::optional<incident::Ledger> ledger_;
  std::optional<incident::Driver> driver_;
  std::optional<Desk> desk_;
  std::optional<Commander> commander_;
  std::optional<Switchboard> switchboard_;
  std::optional<SecondWords> second_words_;
  Checker checker_;
  callout::Recourses recourses_;
  base::SeededRandom ids_;
  std::set<std::uint64_t> races_;  // numbers of appends before which another comes first
  std::optional<std::uint64_t> hangs_at_;
  bool hung_ = false;
  bool is_nested_ = false;  // somebody acts while the driver appends
  std::uint64_t deaths_ = 0;
  std::uint64_t looked_at_ = 0;  // the journal's size at the last look
  int standing_still_ = 0;       // moments at one instant
  std::vector<base::Instant> late_wakes_;
  base::SeededRandom mischief_;
  std::string wrong_;
};

}  // namespace tocsin::simulation
