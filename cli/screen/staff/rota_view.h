// How a rota looks: who is on call, and the overrides (tocsin-rota(1)).
#pragma once

#include <vector>

#include "roster/rota/rota.h"
#include "screen/output.h"

namespace tocsin::cli {

void print_overrides(Output& out, Form form, const std::vector<roster::Override>& overrides,
                     const roster::Roster& roster);

}  // namespace tocsin::cli
