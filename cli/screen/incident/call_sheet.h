// How calls look that the switchboard has to make: one on a screen, its JSON (tocsin-phone(1)), and
// the sheet for paper and pen.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "incident/calling/calls.h"
#include "screen/output.h"

namespace tocsin::cli {

// The lines of a call: the person, the number, and what to say.
std::vector<std::string> call_lines(const Output& out, const incident::State& state,
                                    const incident::Call& call);
nlohmann::json call_json(const incident::State& state, const incident::Call& call);

// The sheet: whoever waits to be rung, then for every post that is open those who could hold it and
// have not been asked. It is what remains when no message goes through. Nobody is on it twice.
std::vector<std::string> sheet_lines(const incident::State& state, base::Instant now);
nlohmann::json sheet_json(const incident::State& state, base::Instant now);

}  // namespace tocsin::cli
