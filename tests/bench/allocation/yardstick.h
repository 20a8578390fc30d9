// Solves the same problem with LEMON's NetworkSimplex on the full graph of responders and posts.
// The costs are 64-bit integers with the weights of allocation/scale.h; its proof is about cycles,
// so it holds for this graph, too. The objectives are then computed from the assignments and
// compared.
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

// nullopt when the scale needs more than LEMON's 64 bits.
std::optional<Yardstick> solve_by_lemon(const allocation::Problem& problem);

}  // namespace tocsin::bench
