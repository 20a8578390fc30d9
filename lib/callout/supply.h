// People of whom a yes may still come without asking anybody new: those who were asked and are
// silent, and those who are kept out. Each counts for the post that they were asked for first, and
// then for whatever less important post will have them.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "callout/belief.h"
#include "callout/gap.h"

namespace tocsin::callout {

inline constexpr int kNoSeat = std::numeric_limits<int>::max();

struct Supply {
  std::uint32_t kind = 0;
  Asked asked{};
  // Has said yes, and holds a seat of this rank or none so far.
  std::optional<Promised> said_yes{};
  int rank = kNoSeat;
  // The part of them that nothing more important needs: of their answer within the hour, and of
  // their answer in the end.
  double soon = 1;
  double later = 1;
};

class Supplies {
 public:
  // `can_hold` is by kind, then by post. Both are looked at as long as this lives.
  Supplies(const Belief& belief, const std::vector<const std::vector<bool>*>& can_hold)
      : belief_(belief), can_hold_(can_hold) {}

  void add(Supply supply) { unneeded_.push_back(supply); }

  // Yeses in time to be expected of these people, as a plan goes: nobody counts on luck on the
  // road, nor on the switchboard within the hour.
  double expected(std::span<const Supply> own, const Gap& gap) const;
  // The chance that a seat stays empty if nobody else is asked, luck and switchboard included.
  double failure(std::span<const Supply> own, const Gap& gap) const;

  // Moves people whom the posts before this one can spare to `own`, until so many more yeses in
  // time are to be expected.
  void borrow(std::vector<Supply>& own, std::uint32_t post, const Gap& gap, double wanted);
  // Nobody is left to be asked: moves whoever else may turn up, and at last those who have said yes
  // and have no seat or one of a less important rank; as many as it takes to fill the seats, a few
  // more for luck.
  void borrow_last(std::vector<Supply>& own, std::uint32_t post, int rank, const Gap& gap);
  // Gives back what these seats will not need: of those who were asked more say yes in the end than
  // there are seats, because some say so too late.
  void spill(std::span<const Supply> own, const Gap& gap);

 private:
  using Chance = double (Supplies::*)(const Supply& supply, const Gap& gap) const;
  // Moves to `own` people who can hold the post and may come, until the sum of their chances
  // has reached `wanted`, which it lessens.
  template <class MayCome>
  void take(std::vector<Supply>& own, std::uint32_t post, double& wanted, Chance chance,
            const Gap& gap, MayCome may_come);
  double planned(const Supply& supply, const Gap& gap) const;
  double prospect(const Supply& supply, const Gap& gap) const;

  const Belief& belief_;
  const std::vector<const std::vector<bool>*>& can_hold_;
  std::vector<Supply> unneeded_;
};

}  // namespace tocsin::callout
