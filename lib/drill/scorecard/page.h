// The scorecard as one HTML file that loads nothing else: a table, and plots of replies, filled
// posts, forecasts and people disturbed. It works in dark mode, in print and with a screen reader.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "drill/scorecard/experiment.h"

namespace tocsin::drill {

// Takes one or two experiments of one playbook with the same seeds. `title` is the playbook's.
std::string scorecard_page(std::span<const Experiment> experiments, std::string_view title);

}  // namespace tocsin::drill
