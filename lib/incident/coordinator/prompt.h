// Questions to the coordinator, of a closed set (Flag). Equal ones are merged. Each has a
// recommended answer, and a default of the playbook for when nobody answers. All are shown at once;
// they interrupt only within the playbook's attention budget (lib/README.md, rule 2). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/random.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// The least time between two prompts with the same flag and subject, and between two interruptions
// about one area.
inline constexpr base::Minutes kPromptQuiet{60};

struct Prompting {
  std::vector<Body> events;
  std::optional<base::Instant> next;  // when prompts change next even if nothing happens
};
Prompting prompting(const State& state, base::Instant now, base::Random& ids);

// The numbers of prompts that wait and still have a reason, the most important first.
std::vector<std::uint64_t> waiting(const State& state);

}  // namespace tocsin::incident
