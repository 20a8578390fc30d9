// The figures that the forecast starts from. Most are published and name their source; the others
// are assumed and say so. Each answer in an organisation's own nights moves the forecast away from
// them (belief.h). Times are in minutes.
#pragma once

#include <array>
#include <string_view>

namespace tocsin::callout {

struct LogNormal {
  double mu;
  double sigma;
};

struct Figures {
  // Two automated tests in Munich with over 6,200 people each: about 50 % were reached, about 35 %
  // of staff were available (2007, doi 10.1007/s10049-007-0963-y). So 70 of 100 reached can come.
  double reached = 0.50;
  double stale_contact = 0.07;  // contact points that no longer work. Assumed
  // A manual phone tree, unannounced at 04:00, reached 41 % (Homier 2018, PMID 30379128). A
  // telephone that rings by itself is assumed to wake as many.
  double reached_by_phone = 0.41;
  // In that drill a text reached 16 % and an app 25 %, so a text counts as 16/25 of a device.
  double reached_by_text = reached * 16 / 25;

  // What people say who are reached. "Coming" is 35/50 of the Munich figures above; the split of
  // the rest is assumed.
  double says_coming = 0.70;
  double says_later = 0.10;
  double says_last_resort = 0.05;  // all others say no

  // Reply delay: median 8 min with a heavy tail. Assumed.
  LogNormal reply_delay{2.079, 1.2};

  // From reading the request to leaving the house. Both assumed.
  double least_to_leave = 2.0;
  double most_to_leave = 7.0;
  // A journey takes the promised time multiplied by a factor between these. Both assumed.
  double late_least = 1.0;
  double late_most = 1.6;

  double changes_mind = 0.04;         // a no after a yes. Assumed
  double changes_mind_within = 20.0;  // minutes after the yes. Assumed
  double on_duty_turns_up = 0.98;     // staff on duty who are sent to a post. Assumed
  double least_walk = 2.0;            // from the ward to the post. Assumed
  double most_walk = 8.0;             // Assumed
  int operators_by_night = 2;         // each rings one number a minute. Assumed
};

// The shares reached in published drills (Homier 2018: telephone, app and SMS; Munich 2007;
// radiology 2010; anaesthesia 2010). The spread between them says how little is known of tonight
// before the first answer.
inline constexpr std::array<double, 6> kReachedInDrills = {0.41, 0.25, 0.16, 0.50, 0.59, 0.50};

// The sources as a report names them.
inline constexpr std::string_view kFiguresRow =
    "Munich 2007 (50 % reached, 35 % available), Homier 2018 (phone 41 %), radiology 2010 "
    "(arrival)";

}  // namespace tocsin::callout
