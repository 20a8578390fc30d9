// The same problem solved by LEMON's NetworkSimplex on the full graph of responders and posts.
// The objectives are scaled into one 64-bit integer by the powers of two that allocation/scale.h
// proves sufficient (its proof is about cycles, so it holds for any graph); what is compared in the
// end is not that integer but the list of objectives, recomputed from the assignments.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "allocation/solve.h"

namespace tocsin::bench {

struct Yardstick {
  std::vector<allocation::Assignment> assignments;
  std::size_t arcs = 0;
  double build_seconds = 0;  // making the graph
  double run_seconds = 0;    // NetworkSimplex::run alone
};

// Nothing when the scale needs more than LEMON's 64 bits.
std::optional<Yardstick> solve_by_lemon(const allocation::Problem& problem);

}  // namespace tocsin::bench
