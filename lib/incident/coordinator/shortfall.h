// Posts that the roster alone cannot fill, by the last forecast and the silences since.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

struct Shortfall {
  PostIndex post = 0;
  int missing = 0;  // seats for which nobody is left to answer or to ask
  // Without these seats the post still has its safe number.
  bool is_dispensable = false;
};

// For the current shift, and for one that begins so soon that a neighbour should be asked.
std::vector<Shortfall> shortfalls_of(const State& state, const playbook::Area& area,
                                     base::Instant now);

// The post that leads the area in the current shift, if nobody is coming to it and nobody is left
// to ask or its time has passed.
std::optional<PostIndex> missing_lead(const State& state, const playbook::Area& area,
                                      base::Instant now);

// Open posts of the first shift for which only people are left for whom a rest rule would be
// broken.
std::vector<PostIndex> rest_only(const State& state, base::Instant now);

// The lowest probability, in thousandths, of this post's deadlines that have not passed; nullopt
// when all have, or none was forecast.
std::optional<int> least_likely(const State& state, PostIndex post);

// Says why no more people are asked for these seats.
std::string reason_of(const State& state, const std::vector<Shortfall>& shortfalls);

// "2 Trauma nurse", as a prompt names it.
std::string words_of(const State& state, const Shortfall& shortfall);

// Who could lead the area meanwhile: somebody who is there, or else the one who comes first.
std::optional<PersonIndex> stand_in(const State& state, const playbook::Area& area,
                                    base::Instant now);

}  // namespace tocsin::incident
