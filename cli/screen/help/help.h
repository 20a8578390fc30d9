// The page that --help prints, for the program or for one command. Plain text, at most 80 columns,
// the same with every version of CLI11.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace tocsin::cli {

// `name` is the whole command: "tocsin staff list".
std::string help_page(const CLI::App& app, const std::string& name);

// An option or an argument, for the help page and the completions.
struct Shown {
  std::string spelling;              // "--at TIME", "-h, --help" or, for an argument, "PLAYBOOK"
  std::string long_name;             // "--at"; empty for an argument
  std::string value;                 // the name of its value: "TIME"; empty for a flag
  std::vector<std::string> choices;  // when only these values are allowed
  std::string description;
  bool required = false;
};
// Leaves out hidden ones (those in the group "").
std::vector<Shown> shown_options(const CLI::App& app);
std::vector<Shown> shown_arguments(const CLI::App& app);
// The name of an argument as people read it: in capitals.
std::string capitals(std::string text);
// In the order in which they were added; without the hidden ones.
std::vector<const CLI::App*> shown_subcommands(const CLI::App& app);

}  // namespace tocsin::cli
