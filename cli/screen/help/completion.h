// The completion script of a shell, made from the tree that parses the command line, so that the
// two always agree.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>

namespace tocsin::cli {

// `shell` is bash, zsh or fish.
std::string completion_script(std::string_view shell, const CLI::App& root);

}  // namespace tocsin::cli
