// The rules of lib/README.md (Shape, Style) that a program can check. Each takes the path of a file
// inside the project and its text, and returns every breach. None reads the disk.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::tidy {

struct Breach {
  std::string path;
  int line;
  std::string what;
};
using Breaches = std::vector<Breach>;

struct File {
  std::string path;  // "lib/seal/key.h"
  std::string text;
};

// An include or a DEPENDS may point to a lower folder, never to a higher one or one of its level.
Breaches arrows(std::string_view path, std::string_view text);
Breaches cmake_arrows(std::string_view path, std::string_view text);
// Units (a header with its sources) that include each other, one breach a circle.
Breaches circles(const std::vector<File>& files);

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
