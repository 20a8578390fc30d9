// Who is on call at an instant: people, not stints. Somebody with several stints at once is there
// once, so that nobody is rung twice.
#pragma once

#include <vector>

#include "base/instant.h"
#include "roster/people/roster.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

struct OnCall {
  const Responder* person = nullptr;
  std::vector<RoleId> roles;  // for which they are on call at the instant, sorted, each once
  std::vector<WardId> wards;  // the same; without those that nobody named
  // Of the stints at the instant, and of those that touch or overlap them; from one absence to the
  // next.
  base::Instant from{};
  base::Instant until{};
};

// In the order of the roster, into which the result points. Without people who are absent at the
// instant, not active or not on the roster. `role`: only those who are on call for it; empty: all.
std::vector<OnCall> on_call(const Rota& rota, const Roster& roster, base::Instant at,
                            const RoleId& role = {});
std::vector<OnCall> on_call(const Rota&, Roster&&, base::Instant, const RoleId& = {}) = delete;

// For a stint that names none, the person's own.
const RoleId& role_in(const Stint& stint, const Responder& person) noexcept;
const WardId& ward_in(const Stint& stint, const Responder& person) noexcept;

// The roles for which anybody is on call in this rota, sorted.
std::vector<RoleId> on_call_roles(const Rota& rota, const Roster& roster);

}  // namespace tocsin::roster
