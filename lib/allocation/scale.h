// How heavy each objective is, as a power of two, so that one integer comparison is the comparison
// of all objectives in their order (design §6). Internal to this folder.
//
// Why it is exact. An allocation is best unless moving responders round some simple cycle of the
// graph (posts and the pool, each visited at most once) makes it better. Such a cycle has at most
// P + 1 moves. On it
// - minutes change by at most (P + 1) · M, M being the latest arrival;
// - last resort by 1: only the one who leaves the pool and the one who joins it count;
// - changes by P: at each post one told responder may come, and one go;
// - breaches by P + 1, one a move;
// - those on time at one level of p posts by p: at each post one may come, and one go;
// - seats: at most one is opened and one is closed, both through the pool. So numbering the 2K
//   classes of seats (minimum and extra, by level) of a stage by rank is enough: a change of at
//   most 2K. A seat of an earlier stage is worth all classes of the later ones besides;
// - those fixed by 1, as for last resort.
// Each objective weighs 2^s, s being the sum of the bit widths of the bounds below it. Everything
// below then sums to less than 2^s, and the sign of a cycle's integer is the sign of its first
// objective that differs.
//
// Why nothing overflows. A cycle, and any one move, is below C = 2^bits. Prices stay within C
// (network.cpp says why), so reduced costs of paths, and with them settled labels, are within 3 C.
// An arc that nobody can take costs 6 C: once reduced and added to a label at least 4 C, so it
// never shortens a path. At most 3 C + C + 6 C + C = 11 C is ever computed: four more bits, and a
// sign.
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
