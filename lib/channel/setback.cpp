#include "channel/setback.h"

#include <algorithm>
#include <chrono>

#include "channel/throttle.h"
#include "seal/entropy.h"

namespace tocsin::channel {

namespace {

constexpr base::Milliseconds kShortest = std::chrono::seconds{5};
constexpr base::Milliseconds kLongest = std::chrono::minutes{2};

}  // namespace

Setback::Setback() : jitter_(seal::random_seed()) {}

base::Milliseconds Setback::next(base::Milliseconds asked_for) {
  const base::Milliseconds ceiling = std::min(kLongest, kShortest * (1 << failures_));
  failures_ = std::min(failures_ + 1, 10);
  const auto drawn = base::Milliseconds{static_cast<std::int64_t>(
      jitter_.below(static_cast<std::uint64_t>((ceiling - kShortest).count()) + 1))};
  return std::max(kShortest + drawn, std::min(asked_for, kLongestAskedFor));
}

}  // namespace tocsin::channel
