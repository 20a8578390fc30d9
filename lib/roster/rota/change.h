// What changes a rota: another plan, or one override more or less. Each gives the next revision,
// and leaves the rota that it is given as it was.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "roster/rota/revision.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

// What becomes of the plan that is there. Overrides stay in any case.
enum class Plan : std::uint8_t { replaced, kept };

// Each stint is planned once, however often it was given. What is kept is revised by the draft.
Rota with_plan(const Rota& rota, Draft draft, Plan before);

// With a number above those of all others, so that it counts before them.
Rota with_override(const Rota& rota, Override change);
// Nothing when there is no override of that number.
std::optional<Rota> without_override(const Rota& rota, std::uint64_t number);

}  // namespace tocsin::roster
