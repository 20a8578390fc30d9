// How heavy each objective is, as a power of two, so that one integer comparison is the comparison
// of all objectives in their order (design §6). Internal to this folder.
//
// Why it is exact. An allocation is best unless moving responders round some simple cycle of the
// graph (posts and the pool, each visited at most once) makes it better. On such a cycle of at most
// P + 1 moves:
//   minutes      change by at most (P + 1) · M, M being the latest arrival;
//   last resort  by 1: only the one who leaves the pool and the one who joins it count;
//   changes      by P: at each post one told responder may come, and one go;
//   breaches     by P + 1: one a move;
//   on time, of one priority with p posts, by p: at each of them one may come, and one go;
//   seats        one is opened and one closed at most, both through the pool. So it is enough to
//   number
//                the 2K classes of seats (minimum and extra, by priority) by rank: change at most
//                2K;
//   fixed        by 1, as for last resort.
// Each objective weighs 2^s with s the sum of the bit widths of the bounds below it, so everything
// below sums to less than 2^s, and the sign of a cycle's integer is the sign of its first objective
// that differs. A cycle, and any one move, is below 2^bits. Prices stay within one move (network.h
// says why), so reduced moves are within 3 · 2^bits, settled labels too, and tentative labels
// within 6 · 2^bits: with three more bits and a sign nothing overflows.
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
  unsigned seat = 0;
  unsigned fixed = 0;
  unsigned bits = 0;

  Scale(const Ground& ground, std::int64_t latest_arrival);
  unsigned bits_needed() const noexcept { return bits + 4; }
};

}  // namespace tocsin::allocation
