// What people write, vote and receive, from the event stream of signal-cli's daemon
// (tocsin-channel(5), SIGNAL). Signal says nothing twice: what came is returned again until it is
// acknowledged, but a process that dies before that has lost it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/http.h"
#include "channel/parts.h"
#include "channel/sent_names.h"
#include "channel/setback.h"

namespace tocsin::channel {

class SignalInbox {
 public:
  // `url` is that of the stream. `sent` and `clock` must outlive it.
  SignalInbox(std::string url, SentNames& sent, const base::Clock& clock, Listen listen);
  ~SignalInbox();
  SignalInbox(const SignalInbox&) = delete;
  SignalInbox& operator=(const SignalInbox&) = delete;

  // As Channel. It listens from the first call on. Without a thread it listens for a moment, once.
  Collected collect(base::Milliseconds patience);
  void acknowledge(std::uint64_t cursor);
  // What became known in another way.
  void add(std::vector<Delivery> deliveries);
  std::string trouble() const;

 private:
  HttpAnswer listen(base::Milliseconds patience);
  void take(std::string_view data);
  void give(Collected collected);
  void run();

  std::string url_;
  SentNames& sent_;
  const base::Clock& clock_;
  Listen listen_;
  HttpClient http_;
  Setback setback_;

  mutable std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  std::deque<Collected> pending_;  // each with a cursor of its own
  std::uint64_t cursor_ = 0;
  std::string trouble_;
  bool has_listened_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tocsin::channel
