// Whether the unit tests mirror lib: each unit there that has a source has a test of its own name.
// The units that have none yet are listed, so that the list can only get shorter.
#pragma once

#include <string_view>
#include <vector>

#include "tidy/breach.h"

namespace tocsin::tidy {

// Where the units without a test are listed, a line for each: "incident/state/words".
inline constexpr std::string_view kUntested = "tests/tidy/untested.txt";

// `files` are those of lib and tests/unit, `list` is the text of kUntested. A breach is a unit that
// has neither a test nor a line, and a line that is not needed: for a unit that has its test by
// now, or is not there, and a second line for one. Only names are compared.
Breaches untested(const std::vector<File>& files, std::string_view list);

}  // namespace tocsin::tidy
