// What a verdict on a prompt does: accepting carries out the recommendation, declining does not,
// and without an answer in time the playbook's default is done. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "incident/coordinator/order.h"
#include "incident/state/state.h"

namespace tocsin::incident {

bool is_about_an_area(Flag flag) noexcept;
// Null when the prompt is not about an area, or about one that the playbook does not have.
const playbook::Area* area_of(const State& state, const Prompt& prompt);

// When the prompt expires; the playbook's limits say how long it waits.
base::Instant expiry_of(const State& state, const Prompt& prompt);
// In words, what is done when a prompt with this flag expires: "the need stays, and whoever offers
// fills it".
std::string_view default_of(const State& state, Flag flag) noexcept;

// The order that answers a prompt. Faults (usage) when there is no such prompt.
Order answer_prompt(const State& state, std::uint64_t number, Verdict verdict, std::string why,
                    base::Instant now, base::Random& ids);

// Adds the event that nobody answered, and the events of the default.
void expire(const State& state, std::uint64_t number, base::Instant now, base::Random& ids,
            std::vector<Body>& events);

}  // namespace tocsin::incident
