// What keeps a file readable and a folder one that compiles in a batch: short functions, commands
// that leave to others what is not theirs, and no name out of sight that two sources give to two
// things.
#pragma once

#include <string_view>
#include <vector>

#include "tidy/breach.h"

namespace tocsin::tidy {

// A function has fewer than 60 lines, in C++ and in JavaScript, tests included.
Breaches long_functions(std::string_view path, std::string_view text);

// A source in cli/commands has at most 120 lines: a longer one decides, or draws.
Breaches long_commands(std::string_view path, std::string_view text);

// CMakeLists.txt, tocsin_batches: the sources of a target are compiled together, so that what their
// anonymous namespaces name must differ.
Breaches shared_names(const std::vector<File>& files);

}  // namespace tocsin::tidy
