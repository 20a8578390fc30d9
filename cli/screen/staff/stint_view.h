// How stints look: one line each, JSON, or a calendar (tocsin-rota(1)).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "roster/rota/listing.h"
#include "screen/output.h"

namespace tocsin::cli {

enum class StintForm { text, json, calendar };

struct ShownStints {
  std::string about;  // "Ana Bell (20012345)"; empty: all
  roster::Stretch within;
  std::string reach;  // until when the rota reaches, as a sentence
  std::vector<roster::Listed> stints;
};

void print_stints(Output& out, StintForm form, const ShownStints& shown,
                  const roster::Roster& roster, base::Instant now);

}  // namespace tocsin::cli
