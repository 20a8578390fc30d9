// The program between main() and a command: parses the command line, resolves the flags that every
// command takes, runs the one command that was named, and prints its faults (tocsin(1)).
#pragma once

namespace tocsin::cli {

// Returns the exit code.
int run_program(int argc, const char* const* argv);

}  // namespace tocsin::cli
