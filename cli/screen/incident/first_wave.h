// How `declare --dry-run` looks: who on duty would be placed, and whom the first wave would ask.
#pragma once

#include "incident/state/state.h"
#include "screen/output.h"

namespace tocsin::cli {

// `rehearsed`: the state after the first step.
void print_first_wave(Output& out, Form form, const incident::State& rehearsed);

}  // namespace tocsin::cli
