// A roster of fictional people for a playbook: enough of each trade to fill it, a rota with a
// typical share of people on duty, and on-call staff for its key roles. Telephone numbers are from
// 07700 900000–900999, which Ofcom reserves for drama.
#pragma once

#include <cstddef>

#include "base/instant.h"
#include "base/random.h"
#include "playbook/playbook.h"
#include "roster/people/roster.h"
#include "roster/rota/rota.h"

namespace tocsin::drill {

struct Staff {
  roster::Roster roster;
  roster::Rota rota;
};

// The same staff for the same playbook, number, time and random stream. `size` from 1 to 1,000,000.
Staff synthesise(const playbook::Playbook& playbook, std::size_t size, base::Instant at,
                 const base::SeededRandom& random);

}  // namespace tocsin::drill
