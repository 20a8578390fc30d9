#include "channel/signal_inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "channel/answer_button.h"
#include "channel/event_stream.h"
#include "channel/signal_answer.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostEventBytes = 256 * 1024;
constexpr base::Milliseconds kListenOnce{3'000};

std::string stream_trouble_of(const HttpAnswer& answer) {
  constexpr std::string_view kWhat = "what people answer on Signal cannot be heard";
  if (answer.failure == HttpFailure::interrupted) return {};
  if (answer.failure != HttpFailure::none)
    return fmt::format("{}: signal-cli's daemon is out of reach", kWhat);
  if (answer.status != 200)
    return fmt::format("{}: signal-cli's daemon answers {}", kWhat, answer.status);
  return fmt::format("{}: signal-cli's daemon has ended the stream", kWhat);
}

}  // namespace

SignalInbox::SignalInbox(std::string url, SentNames& sent, const base::Clock& clock, Listen listen)
    : url_(std::move(url)), sent_(sent), clock_(clock), listen_(listen), http_(HttpSettings{}) {}

SignalInbox::~SignalInbox() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  changed_.notify_all();
  http_.interrupt();
  thread_.join();
}

Collected SignalInbox::collect(base::Milliseconds patience) {
  if (!std::exchange(has_listened_, true)) {
    if (listen_ == Listen::background)
      thread_ = std::thread([this] { run(); });
    else
      listen(kListenOnce);
  }
  std::unique_lock lock{mutex_};
  if (thread_.joinable()) changed_.wait_for(lock, patience, [&] { return !pending_.empty(); });
  Collected all;
  all.cursor = cursor_;
  for (const Collected& one : pending_) {
    std::ranges::copy(one.deliveries, std::back_inserter(all.deliveries));
    std::ranges::copy(one.said, std::back_inserter(all.said));
  }
  return all;
}

void SignalInbox::acknowledge(std::uint64_t cursor) {
  const std::lock_guard lock{mutex_};
  while (!pending_.empty() && pending_.front().cursor <= cursor) pending_.pop_front();
}

void SignalInbox::add(std::vector<Delivery> deliveries) {
  Collected collected;
  collected.deliveries = std::move(deliveries);
  give(std::move(collected));
}

std::string SignalInbox::trouble() const {
  const std::lock_guard lock{mutex_};
  return trouble_;
}

void SignalInbox::give(Collected collected) {
  if (!collected.has_any()) return;
  const std::lock_guard lock{mutex_};
  collected.cursor = ++cursor_;
  pending_.push_back(std::move(collected));
  changed_.notify_all();
}

HttpAnswer SignalInbox::listen(base::Milliseconds patience) {
  EventStream events(kMostEventBytes, [this](std::string_view name, std::string_view data) {
    if (name == "receive") take(data);
  });
  HttpRequest request;
  request.url = url_;
  request.headers = {"Accept: text/event-stream"};
  request.reach = Reach::this_machine;
  request.patience = patience;
  request.most_answer_bytes = 64 * 1024;
  request.take = [&](std::string_view bytes) {
    {
      const std::lock_guard lock{mutex_};
      trouble_.clear();
    }
    setback_.is_over();
    events.add(bytes);
    return true;
  };
  HttpAnswer answer = http_.perform(std::move(request));
  const std::lock_guard lock{mutex_};
  if (patience.count() == 0) trouble_ = stream_trouble_of(answer);
  return answer;
}

void SignalInbox::take(std::string_view data) {
  const auto event = parse_signal_event(data);
  if (!event) return;
  Collected collected;
  for (const SignalTime time : event->receipts)
    if (const auto delivery = sent_.receipt(std::to_string(time), event->from, event->receipt))
      collected.deliveries.push_back(*delivery);
  Said said{said_id("signal", event->theirs), event->from, event->words,
            std::min(event->at, clock_.now())};
  if (event->about != 0) said.about = sent_.asked(std::to_string(event->about));
  if (event->option) {
    if (!said.about || *event->option >= kAnswerButtons.size()) return;  // no poll of ours
    said.words = kAnswerButtons[*event->option].words;
  }
  if (!said.words.empty()) collected.said.push_back(std::move(said));
  give(std::move(collected));
}

void SignalInbox::run() {
  for (;;) {
    const HttpAnswer answer = listen(base::Milliseconds{0});
    std::unique_lock lock{mutex_};
    const base::Milliseconds wait = setback_.next(answer.retry_after);
    if (changed_.wait_for(lock, wait, [&] { return stopping_; })) return;
  }
}

}  // namespace tocsin::channel
