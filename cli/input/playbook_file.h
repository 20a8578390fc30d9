// A playbook read from its file by a command that needs a sound one. `check` reads them by itself,
// to say everything about several.
#pragma once

#include <string>

#include "playbook/playbook.h"

namespace tocsin::cli {

// Its source_text is the file as it was. A Fault (invalid) lists what is wrong with it.
playbook::Playbook read_playbook(const std::string& file);

}  // namespace tocsin::cli
