// What is believed tonight of the people who are asked: how many will answer, how soon, what they
// will say, and when they will be at the door. It starts from published figures and the
// organisation's earlier nights; tonight's answers and silences change it. tocsin-forecast(7)
// states the model.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "callout/figures.h"

namespace tocsin::callout {

// How somebody is asked before an operator rings them. Each way reaches a share of its own.
enum class Way : std::uint8_t {
  device,  // or a messenger
  text,    // also mail
  voice,   // a telephone that rings by itself
};
inline constexpr std::size_t kWays = 3;

// People who were asked by one way.
struct Heard {
  int answered = 0;
  // Those who are silent, by the minutes that they have had so far, or had when the night ended:
  // [m] is the number with m minutes.
  std::vector<int> silent_by_minute{};
  int silent_for_good = 0;  // silent for so long that they will not answer

  void add_silent(double minutes);
};

// Counts of one night, or the sums of many. Its own are those by device.
struct Evidence : Heard {
  Heard text{}, voice{};
  int picked_up = 0, not_picked_up = 0;  // telephone calls
  int coming = 0, later = 0, last_resort = 0, no = 0;

  Heard& by(Way way) noexcept;
  const Heard& by(Way way) const noexcept;
};

// Somebody who was asked and has not answered, or who might be asked now.
struct Asked {
  double minutes = 0;       // since they were asked; 0 for somebody who would be asked now
  double travel = 0;        // minutes
  double until_phone = -1;  // minutes until an operator rings them; below 0: nobody will
  int rings = 2;            // how often they are rung, each time after until_phone more minutes
  bool has_device = true;   // without one only the telephone reaches them
  double until_sent = 0;    // minutes until their channel has taken the message
  Way way = Way::device;
};

// Somebody who said yes.
struct Promised {
  double said = 0;      // minutes since they said yes, or since they were sent for
  double promised = 0;  // the minutes that they said they would take, counted from then
};

// How long people take from a yes to the door. It follows from the figures alone; tonight's answers
// do not change it.
class Journeys {
 public:
  explicit Journeys(const Figures& figures = {}) : figures_(figures) {}

  // The chance that somebody who is not there yet is at the door within `left` minutes from now.
  double in_time(const Promised& person, double left) const;
  // The same for somebody on duty who was sent to a post.
  double walks_in_time(double told_minutes_ago, double left) const;
  // The minutes to plan for somebody who promised `promised`: 19 of 20 people take no longer.
  double planned(double promised) const;
  // The minutes from a yes to the door to plan for somebody who has not said yes yet.
  double sure(double travel) const;
  // The minutes from a yes to the door of somebody who has not said yes yet, on roads on which a
  // share `luck` of journeys is as fast or faster.
  double from_yes(double travel, double luck) const;
  double longest(double promised) const { return promised * figures_.late_most; }
  double longest_walk() const { return figures_.most_walk; }
  // The chance that somebody with a seat never comes and does not say so.
  double no_show(bool on_duty) const {
    return on_duty ? 1 - figures_.on_duty_turns_up : figures_.changes_mind;
  }

 private:
  Figures figures_;
};

class Belief {
 public:
  explicit Belief(const Evidence& tonight, const Evidence& before = {}, const Figures& = {});

  // The chance of an answer by that way, without an operator.
  double reach(Way way = Way::device) const noexcept {
    return reach_[static_cast<std::size_t>(way)];
  }
  double picks_up() const noexcept { return picks_up_; }   // the chance in one telephone call
  double says_coming() const noexcept { return coming_; }  // shares of those who answer
  double says_later() const noexcept { return later_; }
  double says_last_resort() const noexcept { return last_resort_; }
  double delay(double minutes) const;  // the share of answers that come within that time
  // The chance that somebody who is asked now answers within that time.
  double answers_within(double minutes, double until_phone) const;

  // The chance that somebody silent answers in time to be at the door within `left` minutes
  // from now, on a journey as planned. A plan does not count on faster journeys.
  double in_time(const Asked& person, double left) const;

  // The same with every possible journey, fast ones included.
  double at_the_door(const Asked& person, double left) const;

  const Journeys& journeys() const noexcept { return journeys_; }
  // How many people the switchboard rings in a minute.
  double calls_a_minute() const noexcept { return figures_.operators_by_night; }

 private:
  double silent_answers_within(const Asked& person, double minutes) const;
  // For each length of silence: the share of answers that would have come by then, and how many
  // people have been silent for so long.
  std::vector<std::pair<double, int>> waiting_for(const Heard& heard) const;

  Figures figures_;
  Journeys journeys_;
  std::array<double, kWays> reach_{};
  double picks_up_ = 0;
  double coming_ = 0;
  double later_ = 0;
  double last_resort_ = 0;
};

}  // namespace tocsin::callout
