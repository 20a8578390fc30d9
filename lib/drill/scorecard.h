// What many runs found, in words: one policy alone, or two side by side on the same seeds.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "drill/experiment.h"

namespace tocsin::drill {

// One column for each experiment, of one playbook and the same seeds. 80 columns wide for two; ends
// with a newline.
std::string scorecard(std::span<const Experiment> experiments);

// The same as rows of text, for whoever lays them out differently.
struct Row {
  std::string what;
  std::vector<std::string> values;  // by experiment
};
std::vector<Row> score_rows(std::span<const Experiment> experiments);

}  // namespace tocsin::drill
