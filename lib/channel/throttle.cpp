#include "channel/throttle.h"

#include <algorithm>
#include <cmath>

#include "seal/entropy.h"

namespace tocsin::channel {

namespace {

using std::chrono::seconds;

// Room for fewer is none, so that a turn and its entry in the journal are worth their while; but
// nobody waits long for that.
constexpr double kLot = 12;
constexpr double kSecondsForALot = 2;
constexpr base::Milliseconds kLongestHold = seconds{30};
constexpr base::Milliseconds kSecond = seconds{1};

}  // namespace

Throttle::Throttle(base::Rate rate, std::size_t at_once, const base::Clock& clock, Bursts bursts)
    : rate_(rate),
      at_once_(at_once),
      clock_(clock),
      allowance_(rate, clock.now()),
      bursts_(bursts),
      jitter_(seal::random_seed()),
      lot_(at_once),
      held_until_(clock.steady()),
      spent_until_(clock.steady()) {}

// How many may go now.
double Throttle::left() {
  const double left = allowance_.left(rate_, clock_.now());
  while (!taken_.empty() && taken_.front() + kSecond <= clock_.steady()) taken_.pop_front();
  return std::min(left, rate_.most - static_cast<double>(taken_.size()));
}

// Until so many may go, which are more than may go now.
base::Milliseconds Throttle::wait_for(double messages) const {
  const double tokens = (messages - allowance_.left_then()) / rate_.per_second;
  base::Milliseconds wait{static_cast<std::int64_t>(std::max(0.0, tokens) * 1'000) + 1};
  const double over = messages - (rate_.most - static_cast<double>(taken_.size()));
  if (over > 0 && !taken_.empty()) {
    const auto last = std::min(taken_.size(), static_cast<std::size_t>(std::ceil(over))) - 1;
    wait = std::max(wait, taken_[last] + kSecond - clock_.steady());
  }
  return wait;
}

Room Throttle::room() {
  const base::Milliseconds steady = clock_.steady();
  if (steady < spent_until_) return {};
  const base::Instant now = clock_.now();
  if (steady < held_until_) return {0, now + (held_until_ - steady)};
  const double free = left();
  const auto most = std::min(static_cast<double>(lot_), rate_.most);
  const double lot =
      std::clamp(std::min(kLot, most), 1.0, std::max(1.0, kSecondsForALot * rate_.per_second));
  const std::size_t messages = free < lot ? 0 : static_cast<std::size_t>(std::min(free, most));
  const double worth = std::max(1.0, std::min(rate_.most / 2, kSecondsForALot * rate_.per_second));
  return {messages, now + wait_for(worth + static_cast<double>(messages))};
}

std::optional<base::Milliseconds> Throttle::take() {
  const base::Milliseconds steady = clock_.steady();
  if (steady < held_until_) return held_until_ - steady;
  if (left() < 1) return std::max<base::Milliseconds>(seconds{1}, wait_for(1));
  allowance_.take(rate_, clock_.now());
  if (bursts_ == Bursts::within_the_second) {
    taken_.push_back(steady);
    ++unanswered_;
  }
  return std::nullopt;
}

bool Throttle::is_spent() const { return clock_.steady() < spent_until_; }

base::Milliseconds Throttle::held() const {
  return std::max(base::Milliseconds{0}, held_until_ - clock_.steady());
}

// A single message goes first afterwards, because providers count those that they refuse.
void Throttle::was_busy(base::Milliseconds asked_for) {
  lot_ = 1;
  const base::Milliseconds ceiling =
      std::min(kLongestHold, base::Milliseconds{seconds{1 << times_busy_}});
  times_busy_ = std::min(times_busy_ + 1, 10);
  const auto drawn = base::Milliseconds{
      static_cast<std::int64_t>(jitter_.below(static_cast<std::uint64_t>(ceiling.count()))) + 1};
  held_until_ = clock_.steady() + std::max(drawn, std::min(asked_for, kLongestAskedFor));
}

void Throttle::was_taken() {
  times_busy_ = 0;
  lot_ = std::min(2 * lot_, at_once_);
}

void Throttle::was_answered() {
  std::fill_n(taken_.rbegin(), std::min(unanswered_, taken_.size()), clock_.steady());
  unanswered_ = 0;
}

void Throttle::was_spent(base::Milliseconds wait) { spent_until_ = clock_.steady() + wait; }

}  // namespace tocsin::channel
