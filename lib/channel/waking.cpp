#include "channel/waking.h"

#include <algorithm>

#include "seal/entropy.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kBatch = 256;
constexpr int kMostTries = 8;
constexpr base::Milliseconds kFirstRetry{1'000};
constexpr base::Milliseconds kLongestRetry{60'000};
constexpr std::chrono::seconds kLastChance{5};

}  // namespace

WakingChannel::WakingChannel(Carrier<Class::sealed>& mailboxes, std::unique_ptr<PushChannel> push,
                             const base::Clock& clock, Listen listen)
    : mailboxes_(mailboxes), push_(std::move(push)), clock_(clock), jitter_(seal::random_seed()) {
  if (listen == Listen::background) thread_ = std::thread([this] { run(); });
}

WakingChannel::~WakingChannel() {
  if (!thread_.joinable()) return;
  {
    std::unique_lock lock{mutex_};
    const auto is_untried = [](const auto& wake) { return wake.second.tries == 0; };
    changed_.wait_for(lock, kLastChance, [&] {
      return !trying_ && std::none_of(wakes_.begin(), wakes_.end(), is_untried);
    });
    stopping_ = true;
  }
  changed_.notify_all();
  push_->interrupt();
  thread_.join();
}

void WakingChannel::know(std::map<std::string, Subscription> subscriptions) {
  const std::lock_guard lock{mutex_};
  subscriptions_ = std::move(subscriptions);
}

std::vector<WakingChannel::Gone> WakingChannel::take_gone() {
  const std::lock_guard lock{mutex_};
  return std::exchange(gone_, {});
}

std::string WakingChannel::trouble() const {
  const std::lock_guard lock{mutex_};
  return trouble_;
}

std::vector<Delivery> WakingChannel::send(std::span<const SealedMessage> batch) {
  std::vector<Delivery> deliveries = mailboxes_.send(batch);
  {
    const std::lock_guard lock{mutex_};
    // Wake only for messages that are at the relay. Others are sent again, and wake then.
    for (std::size_t i = 0; i < batch.size(); ++i)
      if (deliveries[i].receipt <= Receipt::read) ask_for(batch[i]);
  }
  if (thread_.joinable())
    changed_.notify_all();
  else
    while (try_some()) {
    }
  return deliveries;
}

Collected WakingChannel::collect(base::Milliseconds patience) {
  if (!thread_.joinable()) try_some();
  return mailboxes_.collect(patience);
}

void WakingChannel::ask_for(const SealedMessage& message) {
  if (!subscriptions_.contains(message.address)) return;
  const auto [at, is_first] = wakes_.try_emplace(message.address);
  Wake& wake = at->second;
  wake.id = message.id;
  wake.expires = is_first ? message.expires : std::max(wake.expires, message.expires);
  wake.urgency = std::max(wake.urgency, message.urgency);
  // When an older wake-up was told to wait, the newer one waits, too, and gets all its tries.
  if (is_first) wake.due = clock_.now();
  wake.tries = is_first ? 0 : 1;
}

bool WakingChannel::is_due() const {
  const base::Instant now = clock_.now();
  return std::any_of(wakes_.begin(), wakes_.end(),
                     [&](const auto& wake) { return wake.second.due <= now; });
}

base::Milliseconds WakingChannel::until_due() const {
  base::Milliseconds least = kLongestRetry;
  for (const auto& [mailbox, wake] : wakes_) least = std::min(least, wake.due - clock_.now());
  return std::max(least, base::Milliseconds{0});
}

WakingChannel::Due WakingChannel::take_due() {
  Due due;
  const base::Instant now = clock_.now();
  for (auto at = wakes_.begin(); at != wakes_.end() && due.size() < kBatch;) {
    const bool is_lost = at->second.expires <= now || !subscriptions_.contains(at->first);
    if (!is_lost && at->second.due > now) {
      ++at;
      continue;
    }
    if (!is_lost) due.emplace_back(at->first, at->second);
    at = wakes_.erase(at);
  }
  return due;
}

bool WakingChannel::try_some() {
  Due due;
  std::vector<Outgoing<playbook::Nudge>> sending;
  {
    const std::lock_guard lock{mutex_};
    due = take_due();
    for (const auto& [mailbox, wake] : due)
      sending.push_back(
          {wake.id, address_of(subscriptions_.at(mailbox)), {}, wake.expires, wake.urgency});
    trying_ = !due.empty();
  }
  if (due.empty()) return false;
  const std::vector<Delivery> deliveries = push_->send(sending);
  {
    const std::lock_guard lock{mutex_};
    settle(due, sending, deliveries);
    trying_ = false;
  }
  changed_.notify_all();
  return true;
}

void WakingChannel::settle(const Due& due, const std::vector<Outgoing<playbook::Nudge>>& sent,
                           const std::vector<Delivery>& deliveries) {
  const std::vector<std::string> gone = push_->take_gone();
  const auto is_gone = [&](const std::string& address) {
    return std::find(gone.begin(), gone.end(), address) != gone.end();
  };
  std::string trouble;
  bool any = false;
  for (std::size_t i = 0; i < due.size(); ++i) {
    const auto& [mailbox, wake] = due[i];
    const Delivery& delivery = deliveries[i];
    if (delivery.receipt <= Receipt::read) {
      any = true;
      continue;
    }
    if (is_gone(sent[i].address)) {
      any = true;  // the push service works
      const auto known = subscriptions_.find(mailbox);
      if (known == subscriptions_.end() || address_of(known->second) != sent[i].address) continue;
      gone_.push_back({mailbox, std::move(known->second)});
      subscriptions_.erase(known);
      continue;
    }
    trouble = delivery.reason;
    if (delivery.receipt == Receipt::failed_for_good || wake.tries + 1 >= kMostTries) continue;
    // Full jitter, so that not everything returns to a push service at the same time; but never
    // none, which would be in the same breath. A newer wake-up that came meanwhile stays.
    const base::Milliseconds ceiling = std::min(kLongestRetry, kFirstRetry * (1 << wake.tries));
    const base::Milliseconds drawn{
        1 + static_cast<std::int64_t>(jitter_.below(static_cast<std::uint64_t>(ceiling.count())))};
    Wake again = wake;
    again.tries += 1;
    again.due = clock_.now() + std::max(delivery.retry_after, drawn);
    wakes_.try_emplace(mailbox, again);
  }
  trouble_ = any ? "" : trouble;
}

void WakingChannel::run() {
  for (;;) {
    {
      std::unique_lock lock{mutex_};
      changed_.wait_for(lock, until_due(), [&] { return stopping_ || is_due(); });
      if (stopping_) return;
    }
    try_some();
  }
}

}  // namespace tocsin::channel
