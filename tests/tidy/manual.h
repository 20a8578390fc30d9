// Checks that the manual is complete: each first word of a command has a page, which names its
// commands, their options and the exit codes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tidy/breach.h"

namespace tocsin::tidy {

struct Documented {
  std::string command;               // "staff list"
  std::vector<std::string> options;  // "--role"
};

// `page` is roff. `commands` are those with the page's first word.
Breaches missing_from_page(std::string_view path, std::string_view page,
                           const std::vector<Documented>& commands);

// tocsin.1 must list exactly the first words, every option that all commands take, and the exit
// codes 0 to 7.
Breaches missing_from_overview(std::string_view page, const std::vector<std::string>& words,
                               const std::vector<std::string>& options);

}  // namespace tocsin::tidy
