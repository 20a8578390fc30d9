// The best allocation of responders to posts (tocsin-allocate(1)). It is exact: no other allocation
// is better in the order of Objective's members. The answer does not depend on the order in which
// posts and responders are given.
#pragma once

#include <vector>

#include "allocation/problem.h"
#include "allocation/solution.h"

namespace tocsin::allocation {

// Ids must be unique. Faults (Exit::invalid) when the problem has too many different priorities for
// the arithmetic (about 1,900).
Solution solve(const Problem& problem);

}  // namespace tocsin::allocation
