// Whose answer it is, when several people have the address that it came from: the name in it says
// so. A name that is a word of an answer as well ("Will") counts only as a whole name.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "incident/answer/spelling.h"

namespace tocsin::incident {

// The place in `names` of the only one that stands in the words, or nullopt when none or several
// do. The name is taken out of the words.
std::optional<std::size_t> take_name(std::vector<Token>& tokens,
                                     std::span<const std::string> names);

}  // namespace tocsin::incident
