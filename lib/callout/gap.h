// The empty seats of one deadline: how many are missing, until when a yes is early enough, and what
// it helps to ask one more person now.
#pragma once

#include <cstdint>
#include <vector>

#include "callout/belief.h"

namespace tocsin::callout {

// The seats of one post that are needed by one time. The seats of earlier times are included.
struct Deadline {
  std::uint32_t number = 0;  // within the post, given by the caller
  int seats = 0;
  double left = 0;              // minutes from now; below 0 when it has passed
  std::vector<double> holders;  // for each holder of a seat, the chance to be there in time
  // The minutes that were left when the need became known, and the seats that staff on duty did not
  // fill then. The target is for the whole time from there to the deadline.
  double left_at_first = 0;
  int missing_at_first = 0;
  // Seats that are left to people who may be there already. Nobody is asked for them, and they
  // count as empty in the outlook.
  int left_to_others = 0;
};

// The minutes between two forecasts (reviews): one period of recourse.h.
inline constexpr double kReview = 5;
// One hour of reviews. Of those who will answer by device, 19 of 20 have done so within an hour.
inline constexpr int kPeriods = 12;
// How many people are asked in all, as a multiple of the seats missing over the share of people who
// say yes. Separate skill groups took 1.4 to 1.85 in a study; a drill reports its own number.
inline constexpr double kStory = 1.5;

// The distribution of how many of these independent chances come true: [n] is the chance that n do,
// and the last entry that `most` or more do.
std::vector<double> spread_of(const std::vector<double>& chances, std::size_t most);
// The distribution of the seats that will be missing: [m] is the chance that m are.
std::vector<double> missing_of(const Deadline& deadline);
// Of these, the seats for which people are asked.
std::vector<double> asked_for(const Deadline& deadline);
double mean_of(const std::vector<double>& spread);

struct Gap {
  double until = 0;             // minutes until the seats are needed
  double left = 0;              // `until` for planning, in whole periods after the journey
  double window = 0;            // minutes in which a yes is early enough
  bool is_late = false;         // nobody who is asked now can be in time
  double says_yes = 0;          // share of those who answer
  double until_phone = -1;      // minutes until somebody asked now is rung; below 0: too late
  int periods = 1;              // reviews that can still help
  double length = kReview;      // minutes of a period
  double fresh = 0;             // the chance that one more person, asked now, says yes in time
  std::vector<double> missing;  // distribution of the seats still missing
  double expected = 0;          // yeses in time expected of those who were asked

  bool is_sure() const { return missing[0] >= 1; }
  // The most seats that may be missing, rounded up to one of a few sizes, so that many gaps share
  // one solution. A small size takes a hundredth of the work of a large one.
  int most_seats() const;
  bool is_soon() const { return until <= kPeriods * kReview; }

  // Sets window, is_late, until_phone, periods, length and fresh. `until_phone` is as in Post; set
  // says_yes before.
  void set_window(double minutes, double until_phone, const Belief& belief);
};

}  // namespace tocsin::callout
