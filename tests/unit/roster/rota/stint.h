// Stints for the tests of rotas, in hours from a Sunday's midnight.
#pragma once

#include <string>
#include <utility>

#include "roster/rota/rota.h"

namespace tocsin::roster {

inline const base::Instant kSunday = *base::from_rfc3339("2026-11-22T00:00:00Z");

inline Stint stint(std::string person, Duty duty, int from, int until, std::string role = {}) {
  return {PersonId{std::move(person)},
          duty,
          RoleId{std::move(role)},
          WardId{},
          kSunday + std::chrono::hours{from},
          kSunday + std::chrono::hours{until}};
}

}  // namespace tocsin::roster
