// Whether the manual says what the program does: a page for each first word of a command, every
// command and option named in it, and its exit codes given.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tidy/rules.h"

namespace tocsin::tidy {

struct Documented {
  std::string command;               // "staff list"
  std::vector<std::string> options;  // "--role"
};

// `page` is roff. `commands` are those whose first word the page is about.
Breaches missing_from_page(std::string_view path, std::string_view page,
                           const std::vector<Documented>& commands);

// tocsin.1 lists every first word and no other, every option that all commands take, and the codes
// 0 to 7.
Breaches missing_from_overview(std::string_view page, const std::vector<std::string>& words,
                               const std::vector<std::string>& options);

}  // namespace tocsin::tidy
