// What an area's lead is told: who is coming to them, when, with which skills, as one message that
// the next one replaces. Sealed to their device, or not at all; names nobody of another area.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "incident/state.h"

namespace tocsin::incident {

inline constexpr base::Minutes kDigestEvery{5};   // to one lead, at most
inline constexpr std::size_t kMostInDigest = 12;  // people by name

// The words for somebody who leads the area in this shift; empty when nobody else is coming to it.
std::string digest_text(const State& state, const playbook::Area& area,
                        const playbook::ShiftId& shift, PersonIndex lead);

struct Digests {
  std::vector<Body> events;
  std::optional<base::Instant> next;  // when one that is due may be sent
};
Digests digests(const State& state, base::Instant now, base::Random& ids);

}  // namespace tocsin::incident
