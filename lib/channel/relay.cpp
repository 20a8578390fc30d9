#include "channel/relay.h"

#include <algorithm>
#include <cstring>

namespace tocsin::channel {

namespace {

using std::chrono::seconds;

// Home routers and proxies drop a quiet connection after a minute, so wait for less.
constexpr seconds kLongPoll{25};
constexpr base::Milliseconds kFirstPause{500};
constexpr base::Milliseconds kLongestPause{30'000};

std::uint64_t seed_of(const Mailbox& mailbox) {
  std::uint64_t seed = 0;
  std::memcpy(&seed, mailbox.id().bytes.data(), sizeof seed);
  return seed;
}

}  // namespace

std::unique_ptr<RelayChannel> RelayChannel::make(const contact::Settings&, const Parts& parts) {
  return std::make_unique<RelayChannel>(parts.relay, parts.coordinator, parts.certificate,
                                        parts.incident, parts.clock, parts.listen);
}

RelayChannel::RelayChannel(const RelayAddress& address, const seal::Identity& coordinator,
                           const seal::Certificate& certificate, const seal::Identity& incident,
                           const base::Clock& clock, Listen listen)
    : outbox_(address, credentials_of(coordinator, certificate), clock),
      inbox_(address, credentials_of(incident, std::nullopt), clock),
      jitter_(seed_of(inbox_)) {
  if (listen == Listen::background) thread_ = std::thread([this] { this->listen(); });
}

RelayChannel::~RelayChannel() {
  if (thread_.joinable()) {
    {
      const std::lock_guard lock{mutex_};
      stopping_ = true;
    }
    changed_.notify_all();
    inbox_.interrupt();
    thread_.join();
    inbox_.resume();
  }
  // Do not try when the relay has trouble: that would delay the end, and the relay keeps the
  // messages.
  if (told_ < acknowledged_ && trouble_.empty()) inbox_.acknowledge(acknowledged_);
}

std::vector<Delivery> RelayChannel::send(std::span<const SealedMessage> batch) {
  return outbox_.send(batch, inbox_.id());
}

Collected RelayChannel::collect(base::Milliseconds patience) {
  if (!thread_.joinable() && pending_.empty())
    ask(std::chrono::ceil<seconds>(std::max(patience, base::Milliseconds{0})));

  std::unique_lock lock{mutex_};
  if (thread_.joinable()) changed_.wait_for(lock, patience, [&] { return !pending_.empty(); });
  Collected collected;
  collected.cursor = acknowledged_;
  for (const wire::Item& item : pending_) {
    collected.cursor = item.cursor;
    if (item.kind == wire::ItemKind::receipt)
      collected.deliveries.push_back({item.id, Receipt::delivered, {}, {}});
    else
      collected.messages.push_back({item.envelope});
  }
  return collected;
}

void RelayChannel::acknowledge(std::uint64_t cursor) {
  {
    const std::lock_guard lock{mutex_};
    acknowledged_ = std::max(acknowledged_, cursor);
    while (!pending_.empty() && pending_.front().cursor <= cursor) pending_.pop_front();
  }
  if (thread_.joinable())
    changed_.notify_all();
  else
    tell(cursor);
}

std::string RelayChannel::trouble() const {
  const std::lock_guard lock{mutex_};
  return trouble_;
}

void RelayChannel::tell(std::uint64_t acknowledged) {
  if (told_ >= acknowledged || !inbox_.acknowledge(acknowledged)) return;
  const std::lock_guard lock{mutex_};
  told_ = acknowledged;
}

void RelayChannel::ask(seconds wait) {
  std::uint64_t after = 0;
  {
    const std::lock_guard lock{mutex_};
    after = acknowledged_;
  }
  tell(after);
  const Mailbox::Page page = inbox_.poll(after, wait);
  const base::Milliseconds pause = pause_after(page);
  std::unique_lock lock{mutex_};
  trouble_ = page.trouble;
  pending_.insert(pending_.end(), page.items.begin(), page.items.end());
  changed_.notify_all();
  if (thread_.joinable() && pause.count() > 0)
    changed_.wait_for(lock, pause, [&] { return stopping_; });
}

// Exponential with full jitter, so that not all clients return to a relay at the same time.
base::Milliseconds RelayChannel::pause_after(const Mailbox::Page& page) {
  if (page.trouble.empty()) {
    failures_ = 0;
    return base::Milliseconds{0};
  }
  const base::Milliseconds ceiling = std::min(kLongestPause, kFirstPause * (1 << failures_));
  failures_ = std::min(failures_ + 1, 10);
  const auto drawn = jitter_.below(static_cast<std::uint64_t>(ceiling.count()) + 1);
  return std::max(page.retry_after, base::Milliseconds{static_cast<std::int64_t>(drawn)});
}

// Reads a page, waits until it is acknowledged (because it is in the journal), tells the relay, and
// reads the next. So this process never holds more than one page.
void RelayChannel::listen() {
  while (true) {
    {
      std::unique_lock lock{mutex_};
      changed_.wait(lock, [&] { return stopping_ || pending_.empty(); });
      if (stopping_) return;
    }
    ask(kLongPoll);
  }
}

}  // namespace tocsin::channel
