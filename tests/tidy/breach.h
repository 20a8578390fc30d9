// What a rule takes, and what it finds.
#pragma once

#include <string>
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

}  // namespace tocsin::tidy
