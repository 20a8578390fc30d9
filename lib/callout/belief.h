// What is believed tonight of the people who are asked: how many will answer, how soon, what they
// say, and when they stand at the door. Starts from published figures and the organisation's own
// nights, and is moved by tonight's answers and silences. The model: tocsin-forecast(7).
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "callout/figures.h"

namespace tocsin::callout {

// Counts of one night, or of many added up.
struct Evidence {
  int answered = 0;  // those who answered by device
  // Asked by device and silent: how long each has had, in minutes, until now or until the night
  // ended.
  std::vector<int> silent_by_minute;  // [m]: people silent for m minutes
  int silent_for_good = 0;
  int picked_up = 0, not_picked_up = 0;  // telephone calls
  int coming = 0, later = 0, last_resort = 0, no = 0;

  void add_silent(double minutes);
};

// Somebody who was asked and has not answered, or who might be asked now.
struct Asked {
  double minutes = 0;       // since the question; 0 for somebody who would be asked now
  double travel = 0;        // minutes
  double until_phone = -1;  // until an operator rings them; below zero: nobody will
  int rings = 2;            // so often, each after as long again as the first took
  bool has_device = true;   // else only the telephone reaches them
};

// Somebody who said yes.
struct Promised {
  double said = 0;      // minutes since they said so, or since they were sent for
  double promised = 0;  // minutes they gave from then
};

// From a yes to the door, by the figures alone: tonight's answers do not move this.
class Journeys {
 public:
  explicit Journeys(const Figures& figures = {}) : figures_(figures) {}

  // The chance to be at the door within `left` minutes from now; of those not there yet.
  double in_time(const Promised& person, double left) const;
  double walks_in_time(double told_minutes_ago, double left) const;  // on duty, sent to a post
  // When to plan on somebody: late enough that they are there by then in all but a few cases.
  double planned(double promised) const;
  // From a yes to the door, planned alike for somebody who has not said yes yet.
  double sure(double travel) const;
  // From a yes to the door for somebody who has not said yes yet, when the roads are so good that a
  // share `luck` of all journeys is no slower.
  double from_yes(double travel, double luck) const;
  double longest(double promised) const { return promised * figures_.late_most; }
  double longest_walk() const { return figures_.most_walk; }
  // The chance that somebody with a seat never comes, and says nothing.
  double no_show(bool on_duty) const {
    return on_duty ? 1 - figures_.on_duty_turns_up : figures_.changes_mind;
  }

 private:
  Figures figures_;
};

class Belief {
 public:
  explicit Belief(const Evidence& tonight, const Evidence& before = {}, const Figures& = {});

  double reach() const noexcept { return reach_; }         // will ever answer by device
  double picks_up() const noexcept { return picks_up_; }   // one telephone call
  double says_coming() const noexcept { return coming_; }  // of those who answer
  double says_later() const noexcept { return later_; }
  double says_last_resort() const noexcept { return last_resort_; }
  double delay(double minutes) const;  // the share of answers that come within so many minutes
  // Somebody asked now answers within so many minutes.
  double answers_within(double minutes, double until_phone) const;

  // Somebody asked and silent: the chance to answer while there is time enough to be at the door
  // within `left` minutes from now. Who answers later may still make it; nobody counts on that.
  double in_time(const Asked& person, double left) const;

  // The same without that caution: the chance to have answered and to be at the door within `left`
  // minutes, whatever the journey takes.
  double at_the_door(const Asked& person, double left) const;

  const Journeys& journeys() const noexcept { return journeys_; }
  double calls_a_minute() const noexcept {
    return figures_.operators_by_night;
  }  // of the switchboard

 private:
  double silent_answers_within(const Asked& person, double minutes) const;
  // For each minute of silence: the part of the answers that come within it, and how many are
  // silent.
  std::vector<std::pair<double, int>> waiting_for(const Evidence& night) const;

  Figures figures_;
  Journeys journeys_;
  double reach_ = 0;
  double picks_up_ = 0;
  double coming_ = 0;
  double later_ = 0;
  double last_resort_ = 0;
};

}  // namespace tocsin::callout
