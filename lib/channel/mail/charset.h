// Text in the character sets of Europe's mail programs, and of Urdu's, made UTF-8. Each has one
// byte for a character, or is UTF-8: what has states, or shifts, is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tocsin::channel {

// `charset` is in lower case; empty: not said. What stands for no character becomes U+FFFD. Nullopt
// when the set is unknown.
std::optional<std::string> to_utf8(std::string_view charset, std::string_view bytes);

}  // namespace tocsin::channel
