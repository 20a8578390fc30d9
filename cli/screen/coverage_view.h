// How it looks whether a rota covers the days to come: as sections of a check, as notes before an
// incident, and as JSON (tocsin-doctor(1)).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "roster/rota/coverage.h"
#include "screen/output.h"

namespace tocsin::cli {

// One line for each need that nobody meets at some time, and for each person with such stints.
std::vector<std::string> uncovered_lines(const roster::Coverage& coverage);
std::vector<std::string> overlap_lines(const roster::Coverage& coverage,
                                       const roster::Roster& roster);
std::vector<std::string> long_duty_lines(const roster::Coverage& coverage,
                                         const roster::Roster& roster);

inline constexpr std::string_view kUtcTrouble =
    "this machine is in UTC, and tocsin.yaml names no time_zone: a rota's times without a zone are "
    "read as UTC";

// What somebody must know who is about to call people by this rota. Says nothing when all is well.
void note_coverage(const Output& out, const roster::Coverage& coverage);

nlohmann::json to_json(const roster::Coverage& coverage, const roster::Roster& roster);

}  // namespace tocsin::cli
