#include "tidy/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "tidy/shape.h"
#include "tidy/source.h"

namespace tocsin::tidy {

namespace {

bool is_header(std::string_view path) { return path.ends_with(".h"); }
bool is_shipped(std::string_view path) {
  return path.starts_with("lib/") || path.starts_with("cli/");
}

bool is_store(std::string_view path) {
  const auto folder = folder_of(path);
  return folder == "journal" || folder == "relay/store";
}

struct Foreign {
  std::string_view prefix;  // of the include
  std::string_view folder;  // the only one that may include it
  std::string_view other;   // or a second one
};
constexpr auto kForeign = std::to_array<Foreign>({{"sodium", "seal", ""},
                                                  {"curl/", "channel", ""},
                                                  {"yaml-cpp/", "document", ""},
                                                  {"libical/", "document/calendar", ""},
                                                  {"boost/", "relay", ""},
                                                  // TLS there, the P-256 of Web Push here.
                                                  {"openssl/", "relay", "seal"}});
constexpr auto kHeavy =
    std::to_array<std::string_view>({"nlohmann/json.hpp", "yaml-cpp/", "boost/", "sqlite3.h"});

}  // namespace

Breaches foreign_headers(std::string_view path, std::string_view text) {
  Breaches breaches;
  if (!is_shipped(path)) return breaches;
  const auto folder = folder_of(path);
  for (const Include& include : includes_of(text)) {
    for (const Foreign& foreign : kForeign)
      if (include.path.starts_with(foreign.prefix) && folder != foreign.folder &&
          (foreign.other.empty() || folder != foreign.other))
        breaches.push_back({std::string{path}, include.line,
                            fmt::format("only {} may use <{}>", foreign.folder, include.path)});
    if (include.path == "sqlite3.h" && !is_store(path))
      breaches.push_back({std::string{path}, include.line, "only stores may use <sqlite3.h>"});
  }
  return breaches;
}

Breaches heavy_headers(const std::vector<File>& files) {
  std::map<std::string_view, std::vector<Include>> headers;
  std::set<std::string> reached;
  for (const File& file : files) {
    const auto includes = includes_of(file.text);
    for (const Include& include : includes)
      if (folder_of(file.path) != folder_of("lib/" + include.path))
        reached.insert("lib/" + include.path);
    if (is_header(file.path)) headers.emplace(file.path, includes);
  }
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& [path, includes] : headers)
      if (reached.contains(std::string{path}))
        for (const Include& include : includes)
          grew = reached.insert("lib/" + include.path).second || grew;
  }
  Breaches breaches;
  for (const auto& [path, includes] : headers)
    if (reached.contains(std::string{path}))
      for (const Include& include : includes)
        for (const auto heavy : kHeavy)
          if (include.path.starts_with(heavy))
            breaches.push_back(
                {std::string{path}, include.line,
                 fmt::format("<{}> is too heavy for a header that others read", include.path)});
  return breaches;
}

Breaches sql(std::string_view path, std::string_view text) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"SELECT ", "INSERT INTO", "INSERT OR", "DELETE FROM", "CREATE TABLE", "PRAGMA "});
  Breaches breaches;
  if (!is_shipped(path) || is_store(path)) return breaches;
  const std::string strings = scan(text).strings;
  for (const auto word : kWords)
    for (const std::size_t at : find_word(strings, word))
      breaches.push_back({std::string{path}, line_of(text, at), "SQL outside a store"});
  return breaches;
}

Breaches clocks(std::string_view path, std::string_view text) {
  static constexpr auto kClocks = std::to_array<std::string_view>(
      {"system_clock::now", "steady_clock::now", "high_resolution_clock", "std::time(", "::time(",
       "time(nullptr", "time(NULL", "gettimeofday", "clock_gettime", "localtime", "localtime_r",
       "gmtime", "gmtime_r", "mktime", "strftime"});
  static constexpr auto kChance = std::to_array<std::string_view>(
      {"random_device", "mt19937", "mt19937_64", "rand(", "srand(", "getrandom", "getentropy"});
  Breaches breaches;
  const auto folder = folder_of(path);
  if (!is_shipped(path)) return breaches;
  const std::string code = scan(text).code;
  std::set<std::size_t> seen;
  const auto check = [&](std::string_view word, std::string_view what) {
    for (const std::size_t at : find_word(code, word)) {
      const int line = line_of(text, at);
      if (seen.insert(static_cast<std::size_t>(line)).second)
        breaches.push_back({std::string{path}, line, fmt::format("{}: {}", what, word)});
    }
  };
  if (folder != "base")
    for (const auto word : kClocks) check(word, "the clock is read in base only");
  if (folder != "base" && folder != "seal")
    for (const auto word : kChance) check(word, "chance is drawn in base and seal only");
  return breaches;
}

Breaches habits(std::string_view path, std::string_view text) {
  // Split in halves, so that this file passes its own rule.
  static constexpr auto kPromises =
      std::to_array<std::string_view>({"TO"
                                       "DO",
                                       "FIX"
                                       "ME",
                                       "XX"
                                       "X",
                                       "HA"
                                       "CK"});
  static constexpr auto kSleeps =
      std::to_array<std::string_view>({"sleep"
                                       "_for",
                                       "sleep"
                                       "_until",
                                       "us"
                                       "leep(",
                                       "nano"
                                       "sleep(",
                                       "sleep("});
  constexpr auto kMostLines = 400;
  Breaches breaches;
  const auto breach = [&](int line, std::string what) {
    breaches.push_back({std::string{path}, line, std::move(what)});
  };

  for (const auto word : kPromises)
    for (const std::size_t at : find_word(text, word))
      breach(line_of(text, at), "do it or write it down elsewhere: a promise in a comment");
  const auto lines = std::count(text.begin(), text.end(), '\n');
  if (lines > kMostLines) breach(kMostLines, fmt::format("{} lines: divide it", lines));
  if (!path.ends_with(".h") && !path.ends_with(".cpp")) return breaches;

  if (is_header(path)) {
    if (!text.starts_with("// ")) breach(1, "a header opens with what it is and promises");
    if (text.find("\n#pragma once\n") == std::string_view::npos) breach(1, "#pragma once");
  }
  const auto folder = folder_of(path);
  if (!folder.empty() && path != "cli/main.cpp") {
    const std::string space = fmt::format("namespace tocsin::{}", namespace_of(folder));
    if (find_word(text, space).empty()) breach(1, fmt::format("{} is missing", space));
  }
  if (path.starts_with("tests/")) {
    const std::string code = scan(text).code;
    for (const auto word : kSleeps)
      for (const std::size_t at : find_word(code, word))
        breach(line_of(text, at), "no test sleeps: wait for what is to happen");
  }
  return breaches;
}

Breaches unlisted_packages(std::string_view cmake, std::string_view list) {
  Breaches breaches;
  std::istringstream lines{std::string{cmake}};
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const bool module = line.find("tocsin_need_module(") != std::string::npos;
    const std::size_t open = line.find("tocsin_need");
    if (open == std::string::npos || line.find("macro(") != std::string::npos) continue;
    std::istringstream words{line.substr(line.find('(', open) + 1)};
    std::string package;
    for (int i = 0; i < (module ? 3 : 2); ++i) words >> package;
    while (!package.empty() && package.back() == ')') package.pop_back();
    // The files of the C library come with the compiler.
    if (package == "libc6-dev") continue;
    const auto found = find_word(list, package);
    const bool listed = std::any_of(found.begin(), found.end(), [&](std::size_t at) {
      return at > 0 && (list[at - 1] == ' ' || list[at - 1] == '|');
    });
    if (!listed)
      breaches.push_back(
          {"CMakeLists.txt", number, fmt::format("{} is not in cli/packages.txt", package)});
  }
  return breaches;
}

Breaches top_level(const std::vector<std::string>& names) {
  // .gitignore keeps `build` out of the project.
  static const std::set<std::string_view> kAllowed{"CMakeLists.txt",
                                                   "CMakePresets.json",
                                                   "README.md",
                                                   "CONTRIBUTING.md",
                                                   "CHANGELOG.md",
                                                   "LICENSE",
                                                   "cli",
                                                   "lib",
                                                   "playbooks",
                                                   "tests",
                                                   "man",
                                                   "build"};
  Breaches breaches;
  for (const std::string& name : names)
    if (!name.starts_with('.') && !kAllowed.contains(name))
      breaches.push_back({name, 1, "does not belong at the top level"});
  return breaches;
}

}  // namespace tocsin::tidy
