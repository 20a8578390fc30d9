// Many drills of one playbook on consecutive seeds, on all cores. The reports come in order of seed
// and are the same whatever the number of threads.
#pragma once

#include <functional>
#include <vector>

#include "drill/run.h"

namespace tocsin::drill {

// Called by one thread at a time, after each run.
using RunsDone = std::function<void(int done, int all)>;

// Seeds from `settings.seed` on; `runs` and `threads` at least 1. Live runs leave one folder each,
// named after the exercise, in `settings.folder`. The first Fault of any run ends them all.
std::vector<Report> repeat(const playbook::Playbook& playbook, const Settings& settings, int runs,
                           unsigned threads, const RunsDone& progress);

}  // namespace tocsin::drill
