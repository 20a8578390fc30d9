// A playbook read from its file by a command that needs a sound one. `check` reads them by itself,
// to say everything about several.
#pragma once

#include <string>

#include "playbook/reading/read.h"

namespace tocsin::cli {

// Read and found sound. A Fault (invalid) lists what is wrong with it.
playbook::Reading read_playbook(const std::string& file);

}  // namespace tocsin::cli
