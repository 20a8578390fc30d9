// Synthetic problems of a hospital's size: post types over three shifts, staff with overlapping
// skills. Skills are drawn at random and not by role, so that few responders are alike. That makes
// a problem harder than a real roster.
#pragma once

#include <cstddef>
#include <cstdint>

#include "allocation/problem.h"
#include "base/random.h"

namespace tocsin::bench {

struct Size {
  std::size_t responders = 10'000;
  std::size_t posts = 180;
  double seats_each = 0.3;  // seats per responder; above 1 there are too few people
};

allocation::Responder draw_responder(base::SeededRandom& random, const Size& size,
                                     std::size_t number);
allocation::Problem draw_problem(base::SeededRandom& random, const Size& size);

}  // namespace tocsin::bench
