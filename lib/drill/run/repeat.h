// Many drills of one playbook with consecutive seeds, on all cores. The reports are in the order of
// seeds and do not depend on the number of threads.
#pragma once

#include <functional>
#include <vector>

#include "drill/run/run.h"

namespace tocsin::drill {

// Called by one thread at a time, after each run.
using RunsDone = std::function<void(int done, int all)>;

// The first seed is `settings.seed`; `runs` and `threads` are at least 1. Each live run leaves a
// folder in `settings.folder`, named after the exercise. The first Fault of any run ends all.
std::vector<Report> repeat(const playbook::Playbook& playbook, const Settings& settings, int runs,
                           unsigned threads, const RunsDone& progress);

}  // namespace tocsin::drill
