// Prints what is wrong with a file that should be imported.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "document/finding.h"
#include "screen/output.h"

namespace tocsin::cli {

// [{"file","line","column","severity","message","hint"}], as tocsin check prints it.
nlohmann::json to_json(const document::Findings& findings);

// Prints the first fifty to stderr, warnings as notes.
void say(const document::Findings& findings, Output& out);

// When nothing of a file is imported because of them. `file` is named before their number, unless
// it is empty.
void print_refused_import(Output& out, Form form, std::string_view file,
                          const document::Findings& findings);

}  // namespace tocsin::cli
