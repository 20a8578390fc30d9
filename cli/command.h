// A command: first it describes its options to the parser, then it works, and nothing happens in
// between. It reads the clock and the environment only through its Context, so that a test can run
// it with a fixed clock.
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
  // Binds options to members. Runs before parsing, so it must have no effect.
  virtual void describe(Options& app) = 0;
  // Acts. Throws base::Fault for operating faults; returns the exit code otherwise.
  virtual base::Exit run(Context& context) = 0;
};

// One command in the table of contents (contents.cpp). `path` is "allocate" or "staff list".
struct Entry {
  std::string_view group;  // heading in --help: "Prepare", "Respond", …
  std::string_view path;
  std::string_view summary;
  std::string_view examples;  // shown at the end of --help, one a line
  std::unique_ptr<Command> (*make)();
};

std::span<const Entry> commands();

}  // namespace tocsin::cli
