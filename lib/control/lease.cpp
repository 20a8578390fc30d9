#include "control/lease.h"

#include <fmt/format.h>

#include <utility>

#include "base/fault.h"
#include "control/silence.h"

namespace tocsin::control {

namespace {

constexpr base::Milliseconds kBetweenLooks{200};
// Two heartbeats are missing.
constexpr base::Milliseconds kOverdue{2 * kBetweenBeats + base::Milliseconds{500}};

Holder holder_of(const journal::Holding& holding) {
  return decode_holder(holding.holder).value_or(Holder{});
}

}  // namespace

Steady steady_time() {
  return [watch = base::Stopwatch{}] {
    return base::Milliseconds{static_cast<std::int64_t>(watch.seconds() * 1'000)};
  };
}

std::optional<Driven> look(journal::Lease& lease, const std::filesystem::path& lock,
                           base::Instant now) {
  const journal::Holding holding = lease.look();
  // The journal is a file of this machine: whoever holds the lease without the lock is dead.
  if (!holding.is_held || !base::FileLock::is_held(lock)) return std::nullopt;
  Driven driven{holder_of(holding), false};
  // A heartbeat in the future is no better than an old one: the clock was set back since, and
  // whoever is alive has sent another within kBetweenBeats.
  driven.is_silent = now > driven.holder.heard_at + kLapse || now < driven.holder.heard_at - kLapse;
  return driven;
}

Lease::Lease(std::unique_ptr<journal::Lease> lease, std::filesystem::path lock, Holder self,
             const base::Clock& clock, Steady steady)
    : lease_(std::move(lease)),
      path_(std::move(lock)),
      self_(std::move(self)),
      clock_(clock),
      steady_(std::move(steady)) {}

Lease::~Lease() {
  if (fence_ == journal::Fence{}) return;
  try {
    lease_->give_back();
  } catch (const base::Fault&) {  // the lock goes with this process, and says the same
  }
}

base::Bytes Lease::said_at(base::Instant now) {
  self_.heard_at = now;
  return encode(self_);
}

// Takes it from whoever has it, unless they live and are heard.
bool Lease::take_from(const journal::Holding& seen, bool is_silent) {
  if (!lock_) lock_ = base::FileLock::try_take(path_);
  if (seen.is_held && !lock_ && !is_silent) return false;
  const base::Instant now = clock_.now();
  self_.since = now;
  beaten_ = steady_();
  const auto fence = lease_->take(seen, said_at(now));
  if (!fence) {  // another came first
    lock_.reset();
    return false;
  }
  fence_ = *fence;
  // The one that hangs keeps its lock. With a new one, our own death is noticed at once, too.
  if (!lock_) lock_ = base::FileLock::replace(path_);
  return true;
}

bool Lease::take_if_free() { return take_from(lease_->look(), false); }

Lease::Outcome Lease::take(Waiter& waiter) {
  Silence silence;
  bool has_said = false;
  for (;;) {
    const journal::Holding seen = lease_->look();
    silence.look(seen, steady_());
    if (take_from(seen, silence.length() >= kLapse)) return Outcome::taken;
    if (seen.is_held && silence.was_heard()) return Outcome::driven;
    if (!has_said && silence.length() >= kOverdue) {
      waiter.say(fmt::format(
          "{} has the lease and has sent no heartbeat for {} s; this process takes over when it "
          "has been silent for {} s",
          words_of(holder_of(seen)), silence.length().count() / 1'000, kLapse.count() / 1'000));
      has_said = true;
    }
    if (waiter.wait(kBetweenLooks)) return Outcome::left;
  }
}

void Lease::confirm() {
  if (fence_ == journal::Fence{}) throw journal::Superseded();
  const base::Milliseconds now = steady_();
  const bool is_due = now >= beaten_ + kBetweenBeats;
  const bool is_ours =
      is_due ? lease_->beat(said_at(clock_.now())) : lease_->look().number == fence_.number;
  if (!is_ours) {
    fence_ = {};
    lock_.reset();
    throw journal::Superseded();
  }
  if (is_due) beaten_ = now;
}

std::optional<Driven> Lease::look() const { return control::look(*lease_, path_, clock_.now()); }

}  // namespace tocsin::control
