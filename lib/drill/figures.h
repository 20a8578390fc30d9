// What simulated people follow beyond what the forecast believes of them (callout/figures.h): where
// they live, what networks do to their words, who offers unasked. Times in minutes.
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
  // Of staff off duty whom no request has reached, in the first hour. Published for an
  // uncoordinated call as an assumption of 25 %; a call that says "wait to be called" is assumed to
  // leave a fifth of that.
  double offers = 0.05;
  double offers_to_a_broadcast = 0.25;
};

}  // namespace tocsin::drill
