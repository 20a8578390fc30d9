// Figures for simulated people that the forecast does not use (callout/figures.h has the others):
// how long their journeys are, what networks do to their messages, who offers unasked. Times are in
// minutes.
#pragma once

#include "callout/figures.h"

namespace tocsin::drill {

using callout::kFiguresRow;
using callout::LogNormal;

struct Figures : callout::Figures {
  // From the yes to the door (radiology recall, 2010, doi 10.1007/s10140-010-0922-7; log-normal
  // fits).
  LogNormal arrival_all{3.12, 0.70};
  LogNormal arrival_doctors{2.68, 0.73};
  LogNormal arrival_technicians{3.50, 0.61};

  double replies_twice = 0.03;  // the same reply sent again. Assumed
  // The share of staff off duty, not reached by a request, who offer in the first hour. A published
  // assumption for an uncoordinated call is 25 %. For a call that says "wait to be called" a fifth
  // of that is assumed.
  double offers = 0.05;
  double offers_to_a_broadcast = 0.25;
};

}  // namespace tocsin::drill
