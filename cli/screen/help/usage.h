// Says what is wrong with a command line, with a hint for the person who typed it.
#pragma once

#include <CLI/CLI.hpp>

#include "base/fault.h"

namespace tocsin::cli {

// `root` has just failed to parse with `error`; the Fault has Exit::usage.
base::Fault usage_fault(const CLI::App& root, const CLI::ParseError& error);

}  // namespace tocsin::cli
