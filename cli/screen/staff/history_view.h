// How often people were called, and the nights that the forecast learns from (tocsin-staff(1)).
// Shows no contact point.
#pragma once

#include <string>
#include <vector>

#include "record/history.h"
#include "screen/output.h"

namespace tocsin::cli {

struct TimesCalled {
  roster::PersonId id;
  std::string name;  // empty when they are not on the roster any more
  int times = 0;     // in the last twelve months
};

void print_history(Output& out, Form form, const std::vector<TimesCalled>& people,
                   const std::vector<record::Night>& nights);

}  // namespace tocsin::cli
