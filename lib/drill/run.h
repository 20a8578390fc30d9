// A drill: the live path from a playbook to filled posts, with a virtual clock and simulated people
// (lib/README.md, rule 10). Live means real keys, envelopes, a relay over loopback and a journal on
// disk; in memory the same loop runs without them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "base/instant.h"
#include "callout/recourse.h"
#include "drill/policy.h"
#include "drill/report.h"
#include "playbook/playbook.h"

namespace tocsin::drill {

enum class Path : std::uint8_t { live, in_memory };

struct Settings {
  std::string playbook_file;  // its name in the report and the journal
  std::size_t staff = 1'200;
  std::uint64_t seed = 1;
  Path path = Path::live;
  base::Instant at;  // when the incident is declared
  Policy policy = Policy::measured;
  double belief = 1.0;           // as in Temper
  bool looks_back = false;       // for Report::hindsight
  callout::Recourses recourses;  // a cache, shared with earlier runs of this thread
  // Live: where the temporary home is made. The caller deletes it, or keeps it to read.
  std::filesystem::path folder;
};

// Called from time to time with virtual minutes since the declaration, for a progress bar.
using Progress = std::function<void(base::Minutes done, base::Minutes all)>;

// The same report for the same playbook and settings, except wall_seconds and, live, journal.head.
Report run(const playbook::Playbook& playbook, const Settings& settings, const Progress& progress);

}  // namespace tocsin::drill
