#include "simulation/store.h"

#include <algorithm>

namespace tocsin::simulation {

journal::Append DriversView::append(std::uint64_t expected_size,
                                    std::span<const base::Bytes> bodies, journal::Fence fence) {
  const std::uint64_t number = ++appends;
  longest = std::max(longest, bodies.size());
  const auto death = dies.find(number);
  if (death != dies.end() && death->second == DieAt::before_append) throw Killed{};
  if (forgets && number == 3) {
    // A later append must not notice.
    forgets = false;
    lost_ += bodies.size();
    return journal::Append::done;
  }
  if (before_append) before_append();
  const bool is_void = fence != journal::Fence{} && fence != in_force;
  const journal::Append result =
      is_void ? journal::Append::superseded : kept_.append(expected_size - lost_, bodies, fence);
  if (result == journal::Append::moved_on) lost_ = 0;  // it reads again what there is
  appends_replaced = appends_replaced || (is_replaced && result == journal::Append::done);
  if (death != dies.end()) throw Killed{};
  return result;
}

}  // namespace tocsin::simulation
