// Reads a Problem from a YAML or JSON file and checks it whole: every misfit is reported at its
// line and column. The format is specified in man/tocsin-allocate.1.
#pragma once

#include <cstddef>
#include <string_view>

#include "allocation/problem.h"
#include "document/finding.h"

namespace tocsin::allocation {

// Room for 100,000 responders many times over.
inline constexpr std::size_t kLargestProblem = std::size_t{256} << 20;

// Never throws on any text. What is returned when `findings` has errors must not be solved.
Problem read_problem(std::string_view text, std::string_view file, document::Findings& findings);

}  // namespace tocsin::allocation
