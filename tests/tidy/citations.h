// What comments may cite: lib/README.md, the manual and RFCs, which a reader has, and no document
// outside the project.
#pragma once

#include <string_view>

#include "tidy/breach.h"

namespace tocsin::tidy {

// A section sign stands after the name of an RFC only. "lib/README.md, Faults" names a heading of
// `readme`, and "lib/README.md, rule 3" one of its numbered rules.
Breaches citations(std::string_view path, std::string_view text, std::string_view readme);

}  // namespace tocsin::tidy
