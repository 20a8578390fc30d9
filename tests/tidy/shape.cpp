#include "tidy/shape.h"

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
                                                 {"document/calendar", 2},
                                                 {"seal", 3},
                                                 {"wire", 4},
                                                 {"contact", 4},
                                                 {"playbook", 10},
                                                 {"playbook/reading", 11},
                                                 {"roster/people", 10},
                                                 {"roster/rota", 11},
                                                 {"roster/reading", 12},
                                                 {"roster/membership", 12},
                                                 {"home", 12},
                                                 {"callout", 20},
                                                 {"allocation", 20},
                                                 {"channel/mail", 19},
                                                 {"channel", 20},
                                                 {"journal", 20},
                                                 {"incident/state", 30},
                                                 {"incident/message", 31},
                                                 {"incident/answer", 32},
                                                 {"incident/seating", 32},
                                                 {"incident/calling", 33},
                                                 {"incident/coordinator", 34},
                                                 {"incident/loop", 35},
                                                 {"incident/view", 36},
                                                 // Above the incident: what was declared is read
                                                 // for ever, and never judged again.
                                                 {"playbook/judging", 40},
                                                 {"relay/store", 40},
                                                 {"relay/hook", 40},
                                                 {"relay", 41},
                                                 {"record", 40},
                                                 {"control", 40},
                                                 {"device", 40},
                                                 {"drill/people", 50},
                                                 {"drill/world", 51},
                                                 {"drill/report", 51},
                                                 {"drill/run", 52},
                                                 {"drill/scorecard", 52},
                                                 {"cli", 60}});

// Folders of the same level of which one may include the other.
struct Pair {
  std::string_view from;
  std::string_view to;
};
constexpr auto kPeers = std::to_array<Pair>({// The list of incidents, and what past nights taught.
                                             {"control", "record"}});

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

// Inside cli: what things look like, what a command line says, and the commands, which nobody
// includes. A file beside these folders is of the program that holds the commands.
constexpr auto kRooms = std::to_array<Folder>({{"screen", 0},
                                               {"screen/help", 1},
                                               {"screen/incident", 1},
                                               {"screen/staff", 1},
                                               {"input", 2},
                                               {"commands", 3}});

std::optional<int> room_of(std::string_view folder) {
  for (const Folder& room : kRooms)
    if (room.name == folder) return room.level;
  return std::nullopt;
}

// "cli/screen/help/help.h" is in screen/help, "cli/main.cpp" in none.
std::string_view cli_folder_of(std::string_view path) {
  path.remove_prefix(4);
  const std::size_t slash = path.rfind('/');
  return slash == path.npos ? std::string_view{} : path.substr(0, slash);
}

// What is wrong with an include of cli's own headers: "screen/help/help.h" or "command.h".
std::string cli_breach(std::string_view path, std::string_view include) {
  const std::string_view from = cli_folder_of(path);
  const std::size_t slash = include.rfind('/');
  const auto lower = room_of(from);
  if (slash == include.npos)
    return lower && from != "commands" ? fmt::format("{} may not use \"{}\"", from, include) : "";
  const std::string_view folder = include.substr(0, slash);
  const auto to = room_of(folder);
  if (to == room_of("commands")) return fmt::format("\"{}\": a command is run, not used", include);
  return lower && folder != from && *to >= *lower
             ? fmt::format("{} may not use \"{}\"", from, include)
             : "";
}

// Of a header as an include names it.
std::string_view folder_of_include(std::string_view include) {
  return include.substr(0, include.rfind('/'));
}

}  // namespace

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

std::string_view namespace_of(std::string_view folder) {
  return folder.substr(0, folder.find('/'));
}

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
    breaches.push_back(
        {std::string{path}, 1, fmt::format("{} is not a folder of cli", cli_folder_of(path))});
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

std::string unit_of(std::string_view path, const std::set<std::string, std::less<>>& headers) {
  std::string stem{path.substr(0, path.rfind('.'))};
  for (std::string name = stem;;) {
    if (headers.contains(name + ".h")) return name;
    const std::size_t cut = name.rfind('_');
    if (cut == std::string::npos || cut < name.rfind('/')) return stem;
    name.resize(cut);
  }
}

namespace {

class Units {
 public:
  explicit Units(const std::vector<File>& files) {
    std::set<std::string, std::less<>> headers;
    for (const File& file : files)
      if (file.path.ends_with(".h")) headers.insert(file.path);
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

}  // namespace tocsin::tidy
