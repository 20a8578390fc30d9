// The file that names a relay's hooks (tocsin-relay(1), HOOKS). Its secrets stand in files of their
// own.
#pragma once

#include <filesystem>
#include <vector>

#include "relay/hook/hook.h"

namespace tocsin::relay {

// Faults (invalid) list everything that is wrong with the file, each with its place. Paths in it
// are relative to its folder.
std::vector<Hook> read_hook_file(const std::filesystem::path& path);

}  // namespace tocsin::relay
