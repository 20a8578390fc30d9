// How an allocation looks: who holds which post, what stays empty and why, and what the whole is
// worth (tocsin-allocate(1)).
#pragma once

#include "allocation/problem.h"
#include "allocation/solution.h"
#include "screen/output.h"

namespace tocsin::cli {

void print_allocation(Output& out, Form form, const allocation::Problem& problem,
                      const allocation::Solution& solution);

}  // namespace tocsin::cli
