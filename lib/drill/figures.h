// The published figures that simulated people follow, and the few that had to be assumed: in one
// place, with their sources, so that an organisation can put its own in their stead. Times in
// minutes.
#pragma once

#include <string_view>

namespace tocsin::drill {

struct LogNormal {
  double mu;
  double sigma;
};

struct Figures {
  // Two automated tests at Munich, over 6,200 people each: about 50 % reached, about 35 % of staff
  // available (2007, doi 10.1007/s10049-007-0963-y). So 70 of 100 who are reached can come.
  double reached = 0.50;
  // Unannounced recall at 04:00: manual phone tree 41 % (Homier 2018, PMID 30379128).
  double reached_by_phone = 0.41;

  // What those who are reached say. The share of "coming" is 35/50 from the row above; the split of
  // the rest is assumed.
  double says_coming = 0.70;
  double says_later = 0.10;
  double says_last_resort = 0.05;  // what is left says no

  // Reply delay: median 8 min with a heavy tail. Assumed.
  LogNormal reply_delay{2.079, 1.2};

  // From the yes to the door (radiology recall, 2010, doi 10.1007/s10140-010-0922-7; log-normal
  // fits).
  LogNormal arrival_all{3.12, 0.70};
  LogNormal arrival_doctors{2.68, 0.73};
  LogNormal arrival_technicians{3.50, 0.61};
  // People arrive later than they promised, by a factor between these. Assumed.
  double late_least = 1.0;
  double late_most = 1.6;

  double stale_contact = 0.07;  // a contact point that no longer works. Assumed
  double replies_twice = 0.03;  // the same reply sent again. Assumed
  double changes_mind = 0.04;   // a no after a yes. Assumed
  // Of staff off duty whom no request has reached, in the first hour. Published for an
  // uncoordinated call as an assumption of 25 %; a call that says "wait to be called" is assumed to
  // leave a fifth of that.
  double offers = 0.05;
  double offers_to_a_broadcast = 0.25;
  double on_duty_turns_up = 0.98;  // staff on duty who are sent to a post. Assumed
  int operators_by_night = 2;      // each rings one number a minute. Assumed
};

// The row that a report names.
inline constexpr std::string_view kFiguresRow =
    "Munich 2007 (50 % reached, 35 % available), Homier 2018 (phone 41 %), radiology 2010 "
    "(arrival)";

}  // namespace tocsin::drill
