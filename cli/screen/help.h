// The page that --help prints, of the program or of one command. Plain text, at most 80 columns,
// the same whichever version of CLI11 parsed it.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace tocsin::cli {

// `name` is the whole command: "tocsin staff list".
std::string help_page(const CLI::App& app, const std::string& name);

// What the page and the completions know of an option or an argument.
struct Shown {
  std::string spelling;              // "--at TIME", "-h, --help" or, for an argument, "PLAYBOOK"
  std::string long_name;             // "--at"; empty for an argument
  std::string value;                 // what it is: "TIME"; empty for a flag
  std::vector<std::string> choices;  // when only these values are allowed
  std::string description;
  bool required = false;
};
// Without the hidden ones (those in the group "").
std::vector<Shown> shown_options(const CLI::App& app);
std::vector<Shown> shown_arguments(const CLI::App& app);
// Arguments are named in capitals wherever a person reads of them.
std::string capitals(std::string text);
// In the order in which they were added; without the hidden ones.
std::vector<const CLI::App*> shown_subcommands(const CLI::App& app);

}  // namespace tocsin::cli
