#include "channel/polling.h"

#include <algorithm>
#include <iterator>

namespace tocsin::channel {

namespace {

constexpr double kMostSecondsAsking = 10;

template <class List>
void add_all(List& to, const List& more) {
  to.insert(to.end(), more.begin(), more.end());
}

}  // namespace

Polling::Polling(std::function<Asked()> ask, std::function<void()> interrupt,
                 const base::Clock& clock, Listen listen)
    : ask_(std::move(ask)), interrupt_(std::move(interrupt)), clock_(clock), due_(clock.steady()) {
  if (listen == Listen::background) thread_ = std::thread([this] { run(); });
}

Polling::~Polling() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  changed_.notify_all();
  interrupt_();
  thread_.join();
}

Collected Polling::collect(base::Milliseconds patience) {
  if (!thread_.joinable()) {
    const base::Stopwatch watch;
    while (until_due().count() == 0) {
      ask();
      if (watch.seconds() > kMostSecondsAsking) break;
    }
  }
  std::unique_lock lock{mutex_};
  if (thread_.joinable()) changed_.wait_for(lock, patience, [&] { return !pending_.empty(); });
  Collected all;
  all.cursor = cursor_;
  for (const Collected& one : pending_) {
    add_all(all.deliveries, one.deliveries);
    add_all(all.messages, one.messages);
    add_all(all.said, one.said);
  }
  return all;
}

void Polling::acknowledge(std::uint64_t cursor) {
  const std::lock_guard lock{mutex_};
  while (!pending_.empty() && pending_.front().cursor <= cursor) pending_.pop_front();
}

std::string Polling::trouble() const {
  const std::lock_guard lock{mutex_};
  return trouble_;
}

bool Polling::is_owed() const {
  const std::lock_guard lock{mutex_};
  return !pending_.empty();
}

void Polling::hurry() {
  {
    const std::lock_guard lock{mutex_};
    due_ = clock_.steady();
    is_hurried_ = true;
  }
  changed_.notify_all();
}

base::Milliseconds Polling::until_due() const {
  const std::lock_guard lock{mutex_};
  return std::max(base::Milliseconds{0}, due_ - clock_.steady());
}

void Polling::ask() {
  {
    const std::lock_guard lock{mutex_};
    is_hurried_ = false;
  }
  Asked asked = ask_();
  const std::lock_guard lock{mutex_};
  // Hurried meanwhile, it is due all the same.
  due_ = clock_.steady() + (is_hurried_ ? base::Milliseconds{0} : asked.pause);
  trouble_ = std::move(asked.trouble);
  if (!asked.collected.has_any()) return;
  asked.collected.cursor = ++cursor_;
  pending_.push_back(std::move(asked.collected));
  changed_.notify_all();
}

void Polling::run() {
  for (;;) {
    const base::Milliseconds wait = until_due();
    {
      std::unique_lock lock{mutex_};
      changed_.wait_for(lock, wait, [&] { return stopping_ || is_hurried_; });
      if (stopping_) return;
    }
    ask();
  }
}

}  // namespace tocsin::channel
