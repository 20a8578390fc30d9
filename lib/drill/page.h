// The scorecard as one HTML file that loads nothing: a table, and plots of who replied, which posts
// were filled when, what was forecast, and how many people were disturbed. Readable in the dark,
// in print and by ear.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "drill/experiment.h"

namespace tocsin::drill {

// Experiments of one playbook on the same seeds, one or two. `title` is the playbook's.
std::string scorecard_page(std::span<const Experiment> experiments, std::string_view title);

}  // namespace tocsin::drill
