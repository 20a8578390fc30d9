// How many and by when, as people say it: "3 by 20min then 6 by 60min". Internal to this folder.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "playbook/playbook.h"

namespace tocsin::playbook {

struct NeedFault {
  std::string message;
  std::string hint;
};

inline constexpr int kMostSeats = 500;  // of one role in one area and shift

// Parts are joined by "then" or a comma; a part without a time is needed by `otherwise`, when there
// is one. Counts and times must both rise. Does not compare times with the shift.
std::variant<std::vector<Need>, NeedFault> parse_needs(std::string_view text,
                                                       const base::Minutes* otherwise);

}  // namespace tocsin::playbook
