#include "command_tree.h"

#include <fmt/format.h>

#include "base/text.h"

namespace tocsin::cli {

namespace {

CLI::App* find_subcommand(CLI::App& app, const std::string& name) {
  const auto found = app.get_subcommands([&](CLI::App* sub) { return sub->get_name() == name; });
  return found.empty() ? nullptr : found.front();
}

// For "staff list": the subcommand `list` of the subcommand `staff`.
CLI::App* subcommand_for(CLI::App& root, const Entry& entry) {
  CLI::App* at = &root;
  const auto words = base::split(entry.path, ' ');
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word{words[i]};
    const bool last = i + 1 == words.size();
    CLI::App* next = find_subcommand(*at, word);
    if (next == nullptr) {
      next = at->add_subcommand(word, last ? std::string{entry.summary} : "");
      if (!last) next->require_subcommand(1);
      next->fallthrough();
    }
    next->group(std::string{entry.group});
    at = next;
  }
  return at;
}

std::string indented(std::string_view lines) {
  std::string out;
  for (const std::string_view line : base::split(lines, '\n'))
    if (!line.empty()) out += fmt::format("{}  {}", out.empty() ? "" : "\n", base::trim(line));
  return out;
}

}  // namespace

std::vector<Described> describe_commands(CLI::App& root) {
  std::vector<Described> all;
  for (const Entry& entry : commands()) {
    CLI::App* app = subcommand_for(root, entry);
    Described described{&entry, entry.make(), std::make_unique<Options>(*app), app};
    described.command->describe(*described.options);
    if (!entry.examples.empty())
      app->footer(fmt::format("Examples:\n{}", indented(entry.examples)));
    all.push_back(std::move(described));
  }
  return all;
}

}  // namespace tocsin::cli
