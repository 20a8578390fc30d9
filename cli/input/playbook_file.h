// Reads a playbook file for a command that needs a sound playbook. `check` does not use it, because
// it reports on several files.
#pragma once

#include <string>

#include "playbook/reading/read.h"

namespace tocsin::cli {

// Read and found sound. A Fault (invalid) lists what is wrong with it.
playbook::Reading read_playbook(const std::string& file);

}  // namespace tocsin::cli
