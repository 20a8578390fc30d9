#include "allocation/scale.h"

#include <algorithm>
#include <bit>

#include "base/fault.h"

namespace tocsin::allocation {

Scale::Scale(const Ground& ground, std::int64_t latest_arrival)
    : latest(latest_arrival), on_time(ground.levels()), seat(ground.levels()) {
  const auto width = [](std::uint64_t bound) {
    return static_cast<unsigned>(std::bit_width(bound));
  };
  const std::uint64_t posts = ground.nodes().size();
  // Both must fit 64 bits: a heap's key (gates.h), up to 1,000 times `latest`, and the minutes of a
  // cycle, up to P + 1 times `latest`.
  TOCSIN_ASSERT(latest >= 0 && latest <= std::int64_t{1} << 40 && posts < std::uint64_t{1} << 22);

  std::vector<std::uint64_t> posts_at(ground.levels(), 0);
  for (const PostNode& node : ground.nodes()) ++posts_at[node.level];

  last_resort = width((posts + 1) * static_cast<std::uint64_t>(latest));
  change = last_resort + width(1);
  breach = change + width(posts);
  unsigned next = breach + width(posts + 1);
  for (std::uint32_t last = ground.levels(); last > 0;) {
    std::uint32_t first = last;
    while (first > 0 && ground.stages()[first - 1] == ground.stages()[last - 1]) {
      on_time[--first] = next;
      next += width(posts_at[first]);
    }
    std::fill(seat.begin() + first, seat.begin() + last, next);
    next += width(2 * std::uint64_t{last - first});
    last = first;
  }
  fixed = next;
  bits = fixed + width(1);
}

}  // namespace tocsin::allocation
