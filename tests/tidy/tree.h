// The project's own files, read from the working folder of the tests.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tidy/breach.h"

namespace tocsin::tidy {

// Text files under these folders, in the order of their paths.
std::vector<File> files_under(const std::vector<std::string>& folders);
std::string text_of(const std::filesystem::path& path);

// One breach a line, for the message of a failing test.
std::string listing(const Breaches& breaches);

}  // namespace tocsin::tidy
