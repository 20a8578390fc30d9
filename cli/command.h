// What every command is: options described to the parser first, work done after, nothing in
// between. A command reads the world only through its Context, so that a test can run it on a still
// clock.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/fault.h"
#include "options.h"
#include "output.h"

namespace tocsin::cli {

// The flags that every command takes, resolved: flag over environment over default.
struct Context {
  std::filesystem::path home;
  std::optional<std::filesystem::path> passphrase_file;
  bool json = false;
  bool dry_run = false;
  const base::Clock& clock;
  Output out;
};

class Command {
 public:
  virtual ~Command() = default;
  // Binds options to members. Runs before parsing; must not look at the world.
  virtual void describe(Options& app) = 0;
  // Acts. Throws base::Fault for operating faults; returns the exit code otherwise.
  virtual base::Exit run(Context& context) = 0;
};

// One line of the program's table of contents (commands.cpp). `path` is "allocate" or "staff list".
struct Entry {
  std::string_view group;  // heading in --help: "Prepare", "Respond", …
  std::string_view path;
  std::string_view summary;
  std::string_view examples;  // shown at the end of --help, one a line
  std::unique_ptr<Command> (*make)();
};

std::span<const Entry> commands();

// Parses the command line and runs what it names. Prints faults as design §10 says.
int run_program(int argc, const char* const* argv);

}  // namespace tocsin::cli
