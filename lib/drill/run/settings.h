// What one drill is asked to play: how many staff, which seed, on which path, and how people are
// called.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/instant.h"
#include "callout/recourse.h"
#include "drill/people/policy.h"
#include "drill/world/world.h"

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
  // In memory: the ways to the people. Without one everybody has a device, and a telephone.
  std::optional<World> world;
};

}  // namespace tocsin::drill
