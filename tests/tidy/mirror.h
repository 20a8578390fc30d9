// Whether the unit tests mirror lib: each unit there that has a source has a test of its own name.
#pragma once

#include <vector>

#include "tidy/breach.h"

namespace tocsin::tidy {

// `files` are those of lib and tests/unit. A breach is a unit that has no test. Only names are
// compared.
Breaches untested(const std::vector<File>& files);

}  // namespace tocsin::tidy
