#include "tidy/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>

#include "tidy/blocks.h"

namespace tocsin::tidy {

namespace {

constexpr int kTooLong = 60;
constexpr std::ptrdiff_t kLongestCommand = 120;

// cli and each folder of tests/unit are one target with all below; a folder of lib is one by
// itself.
std::string target_of(std::string_view path) {
  if (path.starts_with("cli/")) return "cli";
  const std::string_view unit = "tests/unit/";
  if (path.starts_with(unit)) return std::string{path.substr(0, path.find('/', unit.size()))};
  return std::string{path.substr(0, path.rfind('/'))};
}

}  // namespace

Breaches long_functions(std::string_view path, std::string_view text) {
  const bool is_script = path.ends_with(".js");
  if (!is_script && !path.ends_with(".h") && !path.ends_with(".cpp")) return {};
  const auto functions = is_script ? script_functions_of(text) : functions_of(text);
  if (!functions)
    return {{std::string{path}, 1, "tests/tidy/blocks.cpp finds braces here that do not match"}};
  Breaches breaches;
  for (const Function& function : *functions) {
    const int lines = function.last - function.first + 1;
    if (lines >= kTooLong)
      breaches.push_back({std::string{path}, function.first,
                          fmt::format("a function of {} lines: divide it", lines)});
  }
  return breaches;
}

Breaches long_commands(std::string_view path, std::string_view text) {
  const auto lines = std::ranges::count(text, '\n');
  if (!path.starts_with("cli/commands/") || lines <= kLongestCommand) return {};
  return {{std::string{path}, 1,
           fmt::format("a command of {} lines: what it decides belongs in lib, how it looks in "
                       "cli/screen, what its options say in cli/input",
                       lines)}};
}

Breaches shared_names(const std::vector<File>& files) {
  struct First {
    std::string path;
    std::string says;
  };
  std::map<std::string, std::map<std::string, First>> targets;
  Breaches breaches;
  for (const File& file : files) {
    if (!file.path.ends_with(".cpp")) continue;
    auto& names = targets[target_of(file.path)];
    for (const auto& [name, hidden] : hidden_names_of(file.text)) {
      const auto [first, is_new] = names.try_emplace(name, First{file.path, hidden.says});
      const bool is_same_alias = !hidden.says.empty() && hidden.says == first->second.says;
      if (!is_new && !is_same_alias)
        breaches.push_back(
            {file.path, hidden.line,
             fmt::format("{} is a name of {} too, in one batch", name, first->second.path)});
    }
  }
  return breaches;
}

}  // namespace tocsin::tidy
