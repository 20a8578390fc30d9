// The layout of a list of offers: one line each, and JSON (tocsin-board(1)).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "incident/seating/offer.h"
#include "screen/output.h"

namespace tocsin::cli {

std::vector<std::string> offer_lines(const Output& out, const incident::State& state,
                                     const std::vector<incident::Offer>& offers);
nlohmann::json offers_json(const incident::State& state, const std::vector<incident::Offer>& offers,
                           base::Instant now);

}  // namespace tocsin::cli
