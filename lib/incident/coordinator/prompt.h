// What a coordinator is asked: a closed set of questions (Flag), merged with their like, each with
// a recommended answer and with the playbook's own that holds when nobody gives any. They are shown
// at once and interrupt only within the playbook's attention budget (rule 2). Pure, like everything
// here.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/random.h"
#include "incident/state/state.h"

namespace tocsin::incident {

// Between two prompts of one kind and subject, and between two interruptions about one area.
inline constexpr base::Minutes kPromptQuiet{60};

struct Prompting {
  std::vector<Body> events;
  std::optional<base::Instant> next;  // when time alone next changes something
};
Prompting prompting(const State& state, base::Instant now, base::Random& ids);

// The numbers of those that wait and are not over by themselves; the most important first.
std::vector<std::uint64_t> waiting(const State& state);

}  // namespace tocsin::incident
