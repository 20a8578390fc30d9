// A QR code in a terminal (ISO/IEC 18004), drawn with half blocks: two modules to a character.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::cli {

enum class Ground { dark, light };  // what blocks are drawn on

// Lines of equal width with the quiet zone around them; nothing when the text is too long for a
// code. Without colour, the code is drawn in the terminal's own: on a dark ground, blocks are the
// light modules.
std::optional<std::vector<std::string>> qr_lines(std::string_view text, Ground ground);

}  // namespace tocsin::cli
