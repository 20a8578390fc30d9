#include "tidy/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "tidy/source.h"

namespace tocsin::tidy {

namespace {

// The folders of lib/README.md, Shape, from the bottom: an arrow may point only to a lower level.
// A folder with sub-folders is named by those.
struct Folder {
  std::string_view name;
  int level;
};
constexpr auto kFolders = std::to_array<Folder>({{"base", 0},
                                                 {"document", 1},
                                                 {"seal", 2},
                                                 {"wire", 3},
                                                 {"playbook", 10},
                                                 {"roster/people", 10},
                                                 {"roster/rota", 11},
                                                 {"roster/membership", 12},
                                                 {"home", 12},
                                                 {"callout", 20},
                                                 {"allocation", 20},
                                                 {"channel", 20},
                                                 {"journal", 20},
                                                 {"incident/state", 30},
                                                 {"incident/message", 31},
                                                 {"incident/seating", 32},
                                                 {"incident/calling", 33},
                                                 {"incident/coordinator", 34},
                                                 {"incident/loop", 35},
                                                 {"incident/view", 36},
                                                 {"relay", 40},
                                                 {"record", 40},
                                                 {"drill", 50},
                                                 {"cli", 60}});

// Folders of the same level of which one may include the other.
struct Pair {
  std::string_view from;
  std::string_view to;
};
constexpr std::array<Pair, 0> kPeers{};

std::optional<int> level_of(std::string_view folder) {
  for (const Folder& known : kFolders)
    if (known.name == folder) return known.level;
  return std::nullopt;
}

bool may_use(std::string_view from, std::string_view to) {
  if (from == to) return true;
  for (const Pair& pair : kPeers)
    if (pair.from == from && pair.to == to) return true;
  return *level_of(to) < *level_of(from);
}

// A target may depend on a folder, or on all sub-folders of one by its name.
bool may_depend(std::string_view from, std::string_view to) {
  if (!level_of(from)) return false;
  if (level_of(to)) return to != from && may_use(from, to);
  bool any = false;
  for (const Folder& folder : kFolders) {
    if (!folder.name.starts_with(std::string{to} + '/')) continue;
    any = true;
    if (!may_use(from, folder.name)) return false;
  }
  return any;
}

// The folder of a file: "lib/seal/key.cpp" is in seal, "lib/incident/state/find.cpp" in
// incident/state, "cli/main.cpp" in cli, "tests/…" in none. What is not code of a folder
// (lib/CMakeLists.txt, a page's script) is in the folder that lists it.
std::string_view folder_of(std::string_view path) {
  if (path.starts_with("cli/")) return "cli";
  if (!path.starts_with("lib/")) return {};
  path.remove_prefix(4);
  const std::size_t slash = path.find('/');
  if (slash == path.npos) return {};
  const std::size_t deeper = path.find('/', slash + 1);
  if (deeper != path.npos && level_of(path.substr(0, deeper))) return path.substr(0, deeper);
  return path.substr(0, slash);
}

// Of a header as an include names it.
std::string_view folder_of_include(std::string_view include) {
  return include.substr(0, include.rfind('/'));
}

// Folder = namespace; sub-folders share that of their folder.
std::string_view namespace_of(std::string_view folder) {
  return folder.substr(0, folder.find('/'));
}

// Inside cli, read from the bottom: what things look like, what a command line says, and the
// commands, which nobody includes. A file beside these folders is of the program that holds the
// commands.
constexpr auto kRooms = std::to_array<std::string_view>({"screen", "input", "commands"});

std::optional<std::size_t> room_of(std::string_view folder) {
  const auto found = std::find(kRooms.begin(), kRooms.end(), folder);
  if (found == kRooms.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kRooms.begin());
}

// "cli/screen/help.h" is in screen, "cli/main.cpp" in none.
std::string_view cli_folder_of(std::string_view path) {
  path.remove_prefix(4);
  const std::size_t slash = path.find('/');
  return slash == path.npos ? std::string_view{} : path.substr(0, slash);
}

// What is wrong with an include of cli's own headers: "screen/help.h" or "command.h".
std::string cli_breach(std::string_view path, std::string_view include) {
  const std::string_view from = cli_folder_of(path);
  const std::size_t slash = include.find('/');
  const auto lower = room_of(from);
  if (slash == include.npos)
    return lower && from != "commands" ? fmt::format("{} may not use \"{}\"", from, include) : "";
  const auto to = room_of(include.substr(0, slash));
  if (to == room_of("commands")) return fmt::format("\"{}\": a command is run, not used", include);
  return lower && *to > *lower ? fmt::format("{} may not use \"{}\"", from, include) : "";
}

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }
bool is_header(std::string_view path) { return path.ends_with(".h"); }
bool is_shipped(std::string_view path) {
  return path.starts_with("lib/") || path.starts_with("cli/");
}

// All files of the journal may contain SQL; of the relay only those that are named as its store.
bool is_store(std::string_view path) {
  const auto folder = folder_of(path);
  return folder == "journal" ||
         (folder == "relay" && name_of(path).find("store") != std::string_view::npos);
}

struct Foreign {
  std::string_view prefix;  // of the include
  std::string_view folder;  // the only one that may include it
  std::string_view other;   // or a second one
};
constexpr auto kForeign = std::to_array<Foreign>({{"sodium", "seal", ""},
                                                  {"curl/", "channel", ""},
                                                  {"yaml-cpp/", "document", ""},
                                                  {"libical/", "document", ""},
                                                  {"boost/", "relay", ""},
                                                  // TLS there, the P-256 of Web Push here.
                                                  {"openssl/", "relay", "seal"}});
constexpr auto kHeavy =
    std::to_array<std::string_view>({"nlohmann/json.hpp", "yaml-cpp/", "boost/", "sqlite3.h"});

}  // namespace

Breaches arrows(std::string_view path, std::string_view text) {
  Breaches breaches;
  const auto from = folder_of(path);
  if (from.empty() || !(path.ends_with(".h") || path.ends_with(".cpp"))) return breaches;
  const auto breach = [&](const Include& include, std::string what) {
    breaches.push_back({std::string{path}, include.line, std::move(what)});
  };
  if (!level_of(from)) {
    breaches.push_back(
        {std::string{path}, 1, fmt::format("{} is not a folder of lib/README.md", from)});
    return breaches;
  }
  if (from == "cli" && !cli_folder_of(path).empty() && !room_of(cli_folder_of(path)))
    breaches.push_back({std::string{path}, 1, "cli has screen, input and commands"});
  for (const Include& include : includes_of(text)) {
    const std::size_t slash = include.path.find('/');
    const std::string_view to = slash == std::string::npos ? std::string_view{include.path}
                                                           : folder_of_include(include.path);
    if (include.path.starts_with("lib/") || include.path.find("../") != std::string::npos)
      breach(include, fmt::format("includes are spelled from lib/: \"{}\"", include.path));
    else if (!include.quoted && slash != std::string::npos && level_of(to) && to != "cli")
      breach(include, fmt::format("our own headers are quoted: <{}>", include.path));
    else if (!include.quoted)
      continue;
    else if (slash == std::string::npos && from != "cli")
      breach(include, fmt::format("a folder is missing: \"{}\"", include.path));
    else if (from == "cli" && (slash == std::string::npos || room_of(to))) {
      if (std::string what = cli_breach(path, include.path); !what.empty())
        breach(include, std::move(what));
    } else if (!level_of(to))
      breach(include, fmt::format("\"{}\" is in no folder of lib/README.md", include.path));
    else if (!may_use(from, to))
      breach(include, fmt::format("{} may not use {}: the arrow points up or sideways", from, to));
  }
  return breaches;
}

Breaches cmake_arrows(std::string_view path, std::string_view text) {
  Breaches breaches;
  const std::size_t call = text.find("tocsin_library(");
  if (call == std::string_view::npos) return breaches;
  const auto from = folder_of(path);
  std::istringstream words{std::string{text.substr(call + 15, text.find(')', call) - call - 15)}};
  std::string keyword;
  for (std::string word; words >> word;) {
    std::replace(word.begin(), word.end(), '_', '/');  // incident_state is incident/state
    if (word == "NAME" || word == "SOURCES" || word == "DEPENDS" || word == "USES") {
      keyword = word;
    } else if (keyword == "NAME" && word != from) {
      breaches.push_back({std::string{path}, line_of(text, call),
                          fmt::format("the target of {} is named {}", from, word)});
    } else if (keyword == "DEPENDS" && !may_depend(from, word)) {
      breaches.push_back({std::string{path}, line_of(text, call),
                          fmt::format("{} may not depend on {}", from, word)});
    }
  }
  return breaches;
}

namespace {

// A header and its sources are one unit: state.h, state.cpp and state_messages.cpp are "…/state".
std::string unit_of(std::string_view path, const std::set<std::string, std::less<>>& headers) {
  std::string stem{path.substr(0, path.rfind('.'))};
  for (std::string name = stem;;) {
    if (headers.contains(name + ".h")) return name;
    const std::size_t cut = name.rfind('_');
    if (cut == std::string::npos || cut < name.rfind('/')) return stem;
    name.resize(cut);
  }
}

class Units {
 public:
  explicit Units(const std::vector<File>& files) {
    std::set<std::string, std::less<>> headers;
    for (const File& file : files)
      if (is_header(file.path)) headers.insert(file.path);
    for (const File& file : files) {
      if (!file.path.ends_with(".h") && !file.path.ends_with(".cpp")) continue;
      std::set<std::string>& uses = uses_[unit_of(file.path, headers)];
      for (const Include& include : includes_of(file.text))
        for (const std::string_view root : {"lib/", "cli/"})
          if (const std::string header = std::string{root} + include.path; headers.contains(header))
            uses.insert(unit_of(header, headers));
    }
  }

  Breaches circles() {
    for (const auto& [unit, uses] : uses_) visit(unit);
    return std::move(breaches_);
  }

 private:
  void visit(const std::string& unit) {
    if (done_.contains(unit)) return;
    const auto again = std::find(way_.begin(), way_.end(), unit);
    if (again != way_.end()) {
      std::string circle;
      for (auto at = again; at != way_.end(); ++at) circle += *at + " -> ";
      breaches_.push_back({unit, 1, "includes go round: " + circle + unit});
      return;
    }
    way_.push_back(unit);
    for (const std::string& next : uses_[unit])
      if (next != unit) visit(next);
    way_.pop_back();
    done_.insert(unit);
  }

  std::map<std::string, std::set<std::string>> uses_;
  std::vector<std::string> way_;  // from the first unit to where the search is
  std::set<std::string> done_;
  Breaches breaches_;
};

}  // namespace

Breaches circles(const std::vector<File>& files) { return Units{files}.circles(); }

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
  constexpr auto kMostLines = 450;
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
