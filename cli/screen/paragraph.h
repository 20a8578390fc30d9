// Breaks a text into lines for a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::cli {

// Lines of at most `columns`; all but the first are indented. A word that is too long for a line is
// not broken. `text` must be printable.
std::vector<std::string> paragraph(std::string_view text, std::size_t columns, std::size_t indent);

}  // namespace tocsin::cli
