// A drill: the live path from a playbook to filled posts, with a virtual clock and simulated people
// (lib/README.md, rule 10). Live means real keys, envelopes, a relay over loopback and a journal on
// disk; in memory the same loop runs without them.
#pragma once

#include <functional>

#include "base/instant.h"
#include "drill/report/report.h"
#include "drill/run/settings.h"
#include "playbook/playbook.h"

namespace tocsin::drill {

// Called from time to time with virtual minutes since the declaration, for a progress bar.
using Progress = std::function<void(base::Minutes done, base::Minutes all)>;

// The same report for the same playbook and settings, except wall_seconds and, live, journal.head.
Report run(const playbook::Playbook& playbook, const Settings& settings, const Progress& progress);

}  // namespace tocsin::drill
