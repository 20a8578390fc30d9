// CLI11's tree of all commands. The program parses with it; help, completion and the manual's tests
// read it.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <vector>

#include "command.h"
#include "input/options.h"

namespace tocsin::cli {

struct Described {
  const Entry* entry = nullptr;
  std::unique_ptr<Command> command;
  std::unique_ptr<Options> options;
  CLI::App* app = nullptr;
};

// Adds every command to `root`, which must outlive the result.
std::vector<Described> describe_commands(CLI::App& root);

}  // namespace tocsin::cli
