#include "tidy/mirror.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "tidy/shape.h"

namespace tocsin::tidy {

namespace {

using Names = std::set<std::string, std::less<>>;

// "lib/seal/key.cpp" is "seal/key" between its folder and its ending; empty for other files.
std::string name_between(std::string_view path, std::string_view folder, std::string_view ending) {
  if (!path.starts_with(folder) || !path.ends_with(ending)) return {};
  path.remove_prefix(folder.size());
  path.remove_suffix(ending.size());
  return std::string{path};
}

}  // namespace

Breaches untested(const std::vector<File>& files) {
  Names headers, units, tests;
  for (const File& file : files)
    if (file.path.ends_with(".h")) headers.insert(file.path);
  for (const File& file : files) {
    if (name_between(file.path, "lib/", ".cpp") != "")
      units.insert(name_between(unit_of(file.path, headers), "lib/", ""));
    if (std::string test = name_between(file.path, "tests/unit/", "_test.cpp"); !test.empty())
      tests.insert(std::move(test));
  }
  Breaches breaches;
  for (const std::string& unit : units)
    if (!tests.contains(unit))
      breaches.push_back({fmt::format("lib/{}.cpp", unit), 1,
                          fmt::format("has no test: tests/unit/{}_test.cpp", unit)});
  return breaches;
}

}  // namespace tocsin::tidy
