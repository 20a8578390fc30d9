// Posts that the roster alone cannot fill, as the last forecast and the silences since then have
// it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

struct Lack {
  PostIndex post = 0;
  int missing = 0;  // seats for which nobody is left who was or could be asked
  // The post would be above its safe number without them: do without.
  bool is_dispensable = false;
};

// Of the shift that runs, and of one that is near enough for a neighbour to be asked.
std::vector<Lack> lacks_of(const State& state, const playbook::Area& area, base::Instant now);

// The post that leads the area in the running shift, when nobody is coming to it who could be asked
// any more or its time has passed.
std::optional<PostIndex> missing_lead(const State& state, const playbook::Area& area,
                                      base::Instant now);

// Open posts of the first shift for which only people are left whose rest would be broken.
std::vector<PostIndex> rest_only(const State& state, base::Instant now);

// The least probability, in thousandths, of the deadlines of this post that are still ahead;
// nullopt when none is, or none was forecast.
std::optional<int> least_likely(const State& state, PostIndex post);

// Why nobody more is asked to fill them, in words.
std::string reason_of(const State& state, const std::vector<Lack>& lacks);

// "2 Trauma nurse", as a prompt names it.
std::string words_of(const State& state, const Lack& lack);

// Who could lead the area meanwhile: whoever is there, else whoever comes first.
std::optional<PersonIndex> stand_in(const State& state, const playbook::Area& area,
                                    base::Instant now);

}  // namespace tocsin::incident
