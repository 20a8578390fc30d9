// How `declare` looks: what was declared, or with --dry-run what the first wave would be (tocsin-
// declare(1)).
#pragma once

#include "incident/state/state.h"
#include "screen/output.h"

namespace tocsin::cli {

void print_declared(Output& out, Form form, const incident::State& declared);

// Who on duty would be placed, and whom the first wave would ask. `rehearsed`: the state after the
// first step.
void print_first_wave(Output& out, Form form, const incident::State& rehearsed);

}  // namespace tocsin::cli
