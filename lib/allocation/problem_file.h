// Reads a Problem from a YAML or JSON file and checks all of it: every fault is reported with its
// line and column. tocsin-allocate(1) specifies the format.
#pragma once

#include <cstddef>
#include <string_view>

#include "allocation/problem.h"
#include "document/finding.h"

namespace tocsin::allocation {

// Bytes; enough for far more than 100,000 responders.
inline constexpr std::size_t kLargestProblem = std::size_t{256} << 20;

// Never throws because of the text. When `findings` has errors, the problem must not be solved.
Problem read_problem(std::string_view text, std::string_view file, document::Findings& findings);

}  // namespace tocsin::allocation
