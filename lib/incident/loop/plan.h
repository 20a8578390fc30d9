// How an incident would begin with the real roster and rota, without declaring it: whom the first
// waves would wake, and how likely each post is to be filled. Sends nothing and writes nothing.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "base/random.h"
#include "incident/state/state.h"

namespace tocsin::incident {

struct PlannedWave {
  base::Minutes minute{0};  // from the declaration
  std::vector<PersonIndex> people;
  std::map<PostIndex, int> asked;  // how many for each post
};

struct PlannedPost {
  PostIndex post = 0;
  double probability = 0;  // the chance that all its seats are filled by their times
  bool at_risk = false;    // below the playbook's target for its priority
  // The seats expected to be filled at each time of curve(), if only the first wave is asked.
  std::vector<double> expected;
};

struct Plan {
  State state;  // after the first wave
  std::vector<PlannedWave> waves;
  std::vector<PlannedPost> posts;  // in the playbook's order
  int asked = 0;                   // in all waves

  bool has_risk() const noexcept;
};

// The points of the curve, in minutes from the declaration.
std::vector<base::Minutes> curve();

// `declaration` has the events of a declaration at `at`: declared, roster, membership, history. The
// first wave is the one that would be sent; the next two would follow if nobody answered.
Plan make_plan(std::vector<Body> declaration, base::Instant at, base::Random& ids);

}  // namespace tocsin::incident
