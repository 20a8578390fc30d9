// People who may still say yes, or have said it, without anybody new being asked: those who are
// silent, and those who said yes and have no seat or a less important one. Each counts first for
// the post that they were asked for, and then for less important posts that they can hold.
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
  std::uint32_t profile = 0;
  Asked asked{};
  // Set for somebody who has said yes; `rank` is that of their seat, or kNoSeat.
  std::optional<Promised> said_yes{};
  int rank = kNoSeat;
  // The part of this person that no more important post needs: of an answer within the hour, and of
  // an answer at any time.
  double soon = 1;
  double later = 1;
};

class Supplies {
 public:
  // `can_hold` is by profile, then by post. Both must outlive this.
  Supplies(const Belief& belief, const std::vector<const std::vector<bool>*>& can_hold)
      : belief_(belief), can_hold_(can_hold) {}

  void add(Supply supply) { unneeded_.push_back(supply); }

  // The yeses in time to expect of these people in a plan. A plan does not count on fast journeys,
  // nor on the switchboard within the hour.
  double expected(std::span<const Supply> own, const Gap& gap) const;
  // The chance that a seat stays empty if nobody else is asked. Counts fast journeys and the
  // switchboard, too.
  double failure(std::span<const Supply> own, const Gap& gap) const;

  // Moves people whom more important posts do not need to `own`, until `wanted` more yeses in time
  // are expected.
  void borrow(std::vector<Supply>& own, std::uint32_t post, const Gap& gap, double wanted);
  // For a post with nobody left to ask. Moves to `own` others who may come, and last those who said
  // yes and have no seat or one of a less important rank. Stops when kStory times the missing seats
  // are expected.
  void borrow_last(std::vector<Supply>& own, std::uint32_t post, int rank, const Gap& gap);
  // Gives back the part of `own` that these seats will not need. In the end more people say yes
  // than there are seats, because some say it too late.
  void spill(std::span<const Supply> own, const Gap& gap);

 private:
  using Chance = double (Supplies::*)(const Supply& supply, const Gap& gap) const;
  // Moves to `own` people who can hold the post and for whom `may_come` is true, until their
  // chances sum to `wanted`. Reduces `wanted` by that sum.
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
