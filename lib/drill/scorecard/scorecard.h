// The result of many runs as text: of one policy, or of two side by side with the same seeds.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "drill/scorecard/experiment.h"

namespace tocsin::drill {

// One column for each experiment, all of one playbook and the same seeds. 80 columns wide for two
// experiments; ends with a newline.
std::string scorecard(std::span<const Experiment> experiments);

// The same as rows, for another layout.
struct Row {
  std::string what;
  std::vector<std::string> values;  // by experiment
};
std::vector<Row> score_rows(std::span<const Experiment> experiments);

}  // namespace tocsin::drill
