// How the needs of an incident look: for each post how many by when, and how many of its seats are
// filled (tocsin-need(1)).
#pragma once

#include "incident/state/state.h"
#include "screen/output.h"

namespace tocsin::cli {

void print_needs(Output& out, Form form, const incident::State& state);

}  // namespace tocsin::cli
