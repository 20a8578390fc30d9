// The rules of lib/README.md (Shape, Style) that a program can check. Each takes the path of a file
// inside the project and its text, and returns every breach. None reads the disk.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tidy/breach.h"

namespace tocsin::tidy {

// Some libraries may be used by one folder only.
Breaches foreign_headers(std::string_view path, std::string_view text);
// A header must not pull some large headers into the files of other folders.
Breaches heavy_headers(const std::vector<File>& files);
// SQL is allowed in stores only.
Breaches sql(std::string_view path, std::string_view text);
// Few files may read the wall clock or draw random numbers; the others are given both.
Breaches clocks(std::string_view path, std::string_view text);

// Checks the opening comment, #pragma once, that folder and namespace agree, the size, words that
// promise later work, and tests that sleep.
Breaches habits(std::string_view path, std::string_view text);

// A package that CMake names must be in cli/packages.txt.
Breaches unlisted_packages(std::string_view cmake, std::string_view list);
// The top level of the project holds the files and folders that the rule lists, and nothing else.
Breaches top_level(const std::vector<std::string>& names);

}  // namespace tocsin::tidy
