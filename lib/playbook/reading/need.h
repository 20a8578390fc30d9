// Reads a need as people write it: "3 by 20min then 6 by 60min". Cuts it into steps and parses
// each. judging/ says what a need may contain.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/instant.h"

namespace tocsin::playbook {

struct NeedStep {
  std::string_view count_text;
  std::optional<std::string_view> time_text;  // absent when there is no "by"
  std::optional<int> count;                   // both absent when the text cannot be read
  std::optional<base::Minutes> by;
};

// The steps, joined by "then" or a comma; at least one. They refer to `text`.
std::vector<NeedStep> parse_need(std::string_view text);

}  // namespace tocsin::playbook
