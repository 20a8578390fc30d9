// The weight of each objective, a power of two. With these weights one comparison of integers
// compares all objectives in their order (solve.h, Objective). Internal to this folder.
//
// Why it is exact. If an allocation is not the best, then moving responders round a simple cycle of
// the graph improves it. A simple cycle visits each of the P posts and the pool at most once, so it
// has at most P + 1 moves. Such a cycle changes
// - minutes by at most (P + 1) · M, where M is the latest arrival;
// - last resort by 1: only the one who leaves the pool and the one who joins it count;
// - changes by P: at each post one told responder may come and one may go;
// - breaches by P + 1, one for each move;
// - the number on time at a level of p posts by p: at each post one may come and one may go;
// - seats: at most one is opened and one is closed, both through the pool. A stage has 2K classes
//   of seats (minimum and extra, for each of K levels). Numbering them by rank is enough, and the
//   change is at most 2K. A seat of an earlier stage is worth all classes of later stages besides;
// - fixed responders by 1, as for last resort.
// Each objective weighs 2^s, where s is the sum of the bit widths of the bounds of all less
// important ones. These then sum to less than 2^s, so the sign of a cycle's integer is the sign of
// the first objective that differs.
//
// Why nothing overflows. Any cycle and any move costs less than C = 2^bits. Prices stay within C
// (network.cpp proves it). So reduced costs of paths, and with them settled labels, are within 3 C.
// An arc that nobody can take costs 6 C. Reduced, and added to a label, it is at least 4 C, so it
// never shortens a path. The largest sum is 3 C + C + 6 C + C = 11 C: four more bits, and a sign.
#pragma once

#include <cstdint>
#include <vector>

#include "allocation/ground.h"

namespace tocsin::allocation {

struct Scale {
  std::int64_t latest = 0;  // M, minutes: no arrival may be later
  unsigned last_resort = 0;
  unsigned change = 0;
  unsigned breach = 0;
  std::vector<unsigned> on_time;  // by level
  std::vector<unsigned> seat;     // by level; the same for all of one stage
  unsigned fixed = 0;
  unsigned bits = 0;

  Scale(const Ground& ground, std::int64_t latest_arrival);
  unsigned bits_needed() const noexcept { return bits + 5; }
};

}  // namespace tocsin::allocation
