// The seats of one deadline as the planning sees them: how many are missing, for how long a yes is
// early enough, and what one more person who is asked now is worth.
#pragma once

#include <cstdint>
#include <vector>

#include "callout/belief.h"

namespace tocsin::callout {

// The seats of one post that are needed by one time; those of earlier times are counted in.
struct Deadline {
  std::uint32_t number = 0;  // the caller's, within the post
  int seats = 0;
  double left = 0;              // minutes from now; below zero when it has passed
  std::vector<double> holders;  // of each who holds a seat here: the chance to be there in time
  // When the need became known: the minutes that were left, and the seats that staff on duty did
  // not fill. The target is for the whole story, from there to its end.
  double left_at_first = 0;
  int missing_at_first = 0;
};

// How often a forecast is made anew, in minutes: the period that recourse reckons with.
inline constexpr double kReview = 5;
// An hour of reviews: nineteen of twenty who will answer by device have done so by then.
inline constexpr int kPeriods = 12;
// How many are asked in all for each who is needed, as a rule: half as many again as the need over
// the yield. (A study of separate skill groups found 1.4 to 1.85; the drill reports what it was.)
inline constexpr double kStory = 1.5;

// How many of these independent chances come true: [n] is the chance that n do; the last counts as
// that many or more.
std::vector<double> spread_of(const std::vector<double>& chances, std::size_t most);
// How many seats will be missing: [m] is the chance that m are.
std::vector<double> missing_of(const Deadline& deadline);
double mean_of(const std::vector<double>& spread);

struct Gap {
  double until = 0;             // minutes until the seats are needed
  double left = 0;              // the same, as planned: whole periods after the nearest journeys
  double window = 0;            // minutes in which a yes is early enough
  bool is_late = false;         // it cannot be met by anybody who is asked now
  double says_yes = 0;          // of those who answer
  double until_phone = -1;      // of somebody asked now; below zero: not within the window
  int periods = 1;              // reviews that can still help
  double length = kReview;      // of a period, minutes
  double fresh = 0;             // the chance of one more person, asked now
  std::vector<double> missing;  // spread of the seats still missing
  double expected = 0;          // yeses in time to come from those who were asked

  bool is_sure() const { return missing[0] >= 1; }
  // The most seats that may be missing, by a ladder: the more gaps share what was solved for one,
  // the better, and a small one takes a hundredth of the work of a large one.
  int most_seats() const;
  bool is_soon() const { return until <= kPeriods * kReview; }

  // Sets what follows from a window; `until_phone` as in Post. Needs `says_yes`.
  void set_window(double minutes, double until_phone, const Belief& belief);
};

}  // namespace tocsin::callout
