// A QR code in a terminal (ISO/IEC 18004), drawn with half blocks: two modules to a character.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::cli {

enum class Ground { dark, light };  // the background

// Lines of equal width with the quiet zone around them; nullopt when the text is too long for a
// code. The terminal's own colours are used: on a dark background, blocks are the light modules.
std::optional<std::vector<std::string>> qr_lines(std::string_view text, Ground ground);

}  // namespace tocsin::cli
