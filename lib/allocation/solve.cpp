#include "allocation/solve.h"

#include "allocation/allocator.h"

namespace tocsin::allocation {

Solution solve(const Problem& problem) { return Allocator(problem).solution(); }

}  // namespace tocsin::allocation
