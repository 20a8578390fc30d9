// What every command is: options described to the parser first, work done after, nothing in
// between. A command reads the world only through its Context, so that a test can run it on a still
// clock.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/fault.h"
#include "input/context.h"
#include "input/options.h"

namespace tocsin::cli {

class Command {
 public:
  virtual ~Command() = default;
  // Binds options to members. Runs before parsing; must not look at the world.
  virtual void describe(Options& app) = 0;
  // Acts. Throws base::Fault for operating faults; returns the exit code otherwise.
  virtual base::Exit run(Context& context) = 0;
};

// One line of the program's table of contents (contents.cpp). `path` is "allocate" or "staff list".
struct Entry {
  std::string_view group;  // heading in --help: "Prepare", "Respond", …
  std::string_view path;
  std::string_view summary;
  std::string_view examples;  // shown at the end of --help, one a line
  std::unique_ptr<Command> (*make)();
};

std::span<const Entry> commands();

}  // namespace tocsin::cli
