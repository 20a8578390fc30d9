// The rules of design §3 and §12 that a machine can check. Each takes files, by their path
// inside the project, and returns what breaks the rule; none reads the disk.
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

// Where the arrows of §3 may point: an include or a DEPENDS goes down, never up or to a peer.
Breaches arrows(std::string_view path, std::string_view text);
Breaches cmake_arrows(std::string_view path, std::string_view text);

// Libraries that only one folder may speak to.
Breaches foreign_headers(std::string_view path, std::string_view text);
// Large headers that a header would pull into the files of other folders.
Breaches heavy_headers(const std::vector<File>& files);
// SQL is spelled in stores only.
Breaches sql(std::string_view path, std::string_view text);
// The wall clock is read, and chance drawn, in few places; the rest is handed them.
Breaches clocks(std::string_view path, std::string_view text);

// Opening comment, #pragma once, folder = namespace, size, words that promise work, sleeping tests.
Breaches habits(std::string_view path, std::string_view text);

// A package that CMake names is on the one list, cli/packages.txt.
Breaches unlisted_packages(std::string_view cmake, std::string_view list);
// The top level of the project holds what §15 lists and nothing else.
Breaches top_level(const std::vector<std::string>& names);

}  // namespace tocsin::tidy
