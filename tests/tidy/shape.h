// The shape of the project, as lib/README.md draws it: which folder a file is in, and where arrows
// may point.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tidy/breach.h"

namespace tocsin::tidy {

// The folder of a file: "lib/seal/key.cpp" is in seal, "lib/incident/state/find.cpp" in
// incident/state, "cli/main.cpp" in cli, "tests/…" in none. What is not code of a folder
// (lib/CMakeLists.txt, a page's script) is in the folder that lists it.
std::string_view folder_of(std::string_view path);

// Folder = namespace; sub-folders share that of their folder.
std::string_view namespace_of(std::string_view folder);

// An include or a DEPENDS may point to a lower folder, never to a higher one or one of its level.
Breaches arrows(std::string_view path, std::string_view text);
Breaches cmake_arrows(std::string_view path, std::string_view text);
// A header and its sources are one unit: state.h, state.cpp and state_messages.cpp are "…/state".
// `headers` are paths.
std::string unit_of(std::string_view path, const std::set<std::string, std::less<>>& headers);
// Units that include each other, one breach a circle.
Breaches circles(const std::vector<File>& files);

}  // namespace tocsin::tidy
