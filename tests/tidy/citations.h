// What comments and papers may cite: lib/README.md, the manual, RFCs and files of the project, and
// no document outside it.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "tidy/breach.h"

namespace tocsin::tidy {

// A section sign stands after the name of an RFC only. "lib/README.md, Faults" names a heading of
// `readme`, and "lib/README.md, rule 3" one of its numbered rules.
Breaches citations(std::string_view path, std::string_view text, std::string_view readme);

using Paths = std::set<std::string, std::less<>>;  // of all files of the project

// tocsin-relay(5) is man/tocsin-relay.5.
Breaches cited_pages(std::string_view path, std::string_view text, const Paths& files);

// In a paper, `seal/key.cpp` is a file below the project's folder, lib, tests or tests/unit. A path
// with a NAME in it is of a file to come.
Breaches named_paths(std::string_view path, std::string_view text, const Paths& files);

}  // namespace tocsin::tidy
