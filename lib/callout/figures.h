// The published figures that the forecast starts from, and the few that had to be assumed: in one
// place, with their sources. An organisation's own nights replace them, one answer at a time
// (belief.h). Times in minutes.
#pragma once

#include <array>
#include <string_view>

namespace tocsin::callout {

struct LogNormal {
  double mu;
  double sigma;
};

struct Figures {
  // Two automated tests at Munich, over 6,200 people each: about 50 % reached, about 35 % of staff
  // available (2007, doi 10.1007/s10049-007-0963-y). So 70 of 100 who are reached can come.
  double reached = 0.50;
  double stale_contact = 0.07;  // a contact point that no longer works. Assumed
  // Unannounced recall at 04:00: manual phone tree 41 % (Homier 2018, PMID 30379128).
  double reached_by_phone = 0.41;

  // What those who are reached say. The share of "coming" is 35/50 from the row above; the split of
  // the rest is assumed.
  double says_coming = 0.70;
  double says_later = 0.10;
  double says_last_resort = 0.05;  // what is left says no

  // Reply delay: median 8 min with a heavy tail. Assumed.
  LogNormal reply_delay{2.079, 1.2};

  // Between reading and leaving the house: the keys, a coat. Assumed, as is the next.
  double least_to_leave = 2.0;
  double most_to_leave = 7.0;
  // People arrive later than they promised, by a factor between these. Assumed.
  double late_least = 1.0;
  double late_most = 1.6;

  double changes_mind = 0.04;         // a no after a yes. Assumed
  double changes_mind_within = 20.0;  // of the yes. Assumed
  double on_duty_turns_up = 0.98;     // staff on duty who are sent to a post. Assumed
  double least_walk = 2.0;            // from the ward to the post. Assumed, as is the next
  double most_walk = 8.0;
  int operators_by_night = 2;  // each rings one number a minute. Assumed
};

// Shares reached in the drills of figures.h's sources (Homier 2018: telephone, app and SMS; Munich
// 2007; radiology 2010; anaesthesia 2010). How far they lie apart is how little is known of
// tonight before the first answer.
inline constexpr std::array<double, 6> kReachedInDrills = {0.41, 0.25, 0.16, 0.50, 0.59, 0.50};

// The row that a report names.
inline constexpr std::string_view kFiguresRow =
    "Munich 2007 (50 % reached, 35 % available), Homier 2018 (phone 41 %), radiology 2010 "
    "(arrival)";

}  // namespace tocsin::callout
