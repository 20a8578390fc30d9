// Words broken into lines for a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::cli {

// At most `columns` wide, lines after the first indented. A word that is too long for a line stays
// whole. `text` is printable.
std::vector<std::string> paragraph(std::string_view text, std::size_t columns, std::size_t indent);

}  // namespace tocsin::cli
