#include "tidy/mirror.h"

#include <fmt/format.h>

#include <set>
#include <sstream>
#include <string>

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

Breaches untested(const std::vector<File>& files, std::string_view list) {
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
  Names listed;
  int line = 0;
  std::istringstream lines{std::string{list}};
  for (std::string unit; std::getline(lines, unit);) {
    ++line;
    const auto unneeded = [&](std::string_view why) {
      breaches.push_back({std::string{kUntested}, line, fmt::format("{} {}", unit, why)});
    };
    if (!listed.insert(unit).second)
      unneeded("is listed twice");
    else if (!units.contains(unit))
      unneeded("is no unit of lib with a source");
    else if (tests.contains(unit))
      unneeded("has its test: take it off the list");
  }
  for (const std::string& unit : units)
    if (!tests.contains(unit) && !listed.contains(unit))
      breaches.push_back({fmt::format("lib/{}.cpp", unit), 1,
                          fmt::format("has no test: tests/unit/{}_test.cpp", unit)});
  return breaches;
}

}  // namespace tocsin::tidy
