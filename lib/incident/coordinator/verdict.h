// What a verdict on a prompt comes to: the recommendation is carried out, or not, and when nobody
// answers in time the playbook's default holds. Pure, like everything here.
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
// Null when it is about none, or one that the playbook does not have.
const playbook::Area* area_of(const State& state, const Prompt& prompt);

// When its default holds, as the playbook's limits have both.
base::Instant expiry_of(const State& state, const Prompt& prompt);
// What holds when a prompt of this kind expires: "the need stays, and whoever offers fills it".
std::string_view default_of(const State& state, Flag flag) noexcept;

// Accepting does what is recommended. Faults (usage) when there is no such prompt.
Order answer_prompt(const State& state, std::uint64_t number, Verdict verdict, std::string why,
                    base::Instant now, base::Random& ids);

// Appends that nobody answered, and what the default brings.
void expire(const State& state, std::uint64_t number, base::Instant now, base::Random& ids,
            std::vector<Body>& events);

}  // namespace tocsin::incident
