#include "incident/loop/breaker.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace tocsin::incident {

namespace {

constexpr base::Milliseconds kFirstCeiling{5'000};
constexpr base::Milliseconds kLastCeiling{120'000};

// Full jitter: anywhere up to a ceiling that doubles each time.
base::Milliseconds pause(int pauses, base::Random& random) {
  const base::Milliseconds ceiling = std::min(kLastCeiling, kFirstCeiling * (1 << pauses));
  std::array<std::uint8_t, 8> bytes{};
  random.fill(bytes);
  std::uint64_t drawn = 0;
  for (const std::uint8_t byte : bytes) drawn = drawn << 8 | byte;
  return base::Milliseconds{
      1 + static_cast<std::int64_t>(drawn % static_cast<std::uint64_t>(ceiling.count()))};
}

}  // namespace

std::size_t Breaker::allow(std::size_t messages, bool rests, base::Milliseconds steady,
                           base::Random& random) {
  constexpr int kMostDoublings = 10;
  if (!rests) {
    *this = {};
    return messages;
  }
  const bool is_due = next_ && steady >= *next_;
  if (next_ && !is_due) return 0;
  next_ = steady + pause(pauses_, random);
  pauses_ = std::min(pauses_ + 1, kMostDoublings);
  return std::min<std::size_t>(messages, is_due ? 1 : 0);
}

}  // namespace tocsin::incident
