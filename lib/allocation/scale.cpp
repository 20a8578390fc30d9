#include "allocation/scale.h"

#include <bit>

#include "base/fault.h"

namespace tocsin::allocation {

Scale::Scale(const Ground& ground, std::int64_t latest_arrival)
    : latest(latest_arrival), on_time(ground.levels()) {
  const auto width = [](std::uint64_t bound) {
    return static_cast<unsigned>(std::bit_width(bound));
  };
  const std::uint64_t posts = ground.places().size();
  // The key of a heap (network.h) spends 1,000 times this, the minutes of a cycle P + 1 times this.
  TOCSIN_ASSERT(latest >= 0 && latest <= std::int64_t{1} << 40 && posts < std::uint64_t{1} << 22);

  std::vector<std::uint64_t> posts_at(ground.levels(), 0);
  for (const Place& place : ground.places()) ++posts_at[place.level];

  last_resort = width((posts + 1) * static_cast<std::uint64_t>(latest));
  change = last_resort + width(1);
  breach = change + width(posts);
  unsigned next = breach + width(posts + 1);
  for (std::uint32_t level = ground.levels(); level-- > 0;) {
    on_time[level] = next;
    next += width(posts_at[level]);
  }
  seat = next;
  fixed = seat + width(2 * std::uint64_t{ground.levels()});
  bits = fixed + width(1);
}

}  // namespace tocsin::allocation
