// Asks a provider from time to time what has come: on a thread of its own, or when somebody
// collects. What has come is returned again until it is acknowledged, so that a turn that failed
// loses nothing.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/parts.h"

namespace tocsin::channel {

class Polling {
 public:
  struct Asked {
    Collected collected;
    base::Milliseconds pause;  // before it is asked again; 0: there is more
    std::string trouble;       // why it cannot be asked; empty when it can
  };
  // `ask` is called by one thread at a time. `interrupt` makes it return soon, and may be called
  // while it runs.
  Polling(std::function<Asked()> ask, std::function<void()> interrupt, const base::Clock& clock,
          Listen listen);
  ~Polling();
  Polling(const Polling&) = delete;
  Polling& operator=(const Polling&) = delete;

  // As Channel. Without a thread it asks when that is due, for at most about ten seconds.
  Collected collect(base::Milliseconds patience);
  void acknowledge(std::uint64_t cursor);
  std::string trouble() const;

  // Whether something was given that nobody has acknowledged yet. May be called by `ask`.
  bool is_owed() const;
  // Makes it due now.
  void hurry();

 private:
  void ask();
  base::Milliseconds until_due() const;
  void run();

  std::function<Asked()> ask_;
  std::function<void()> interrupt_;
  const base::Clock& clock_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Collected> pending_;  // each with a cursor of its own
  std::uint64_t cursor_ = 0;
  base::Milliseconds due_{0};  // by the steady clock
  std::string trouble_;
  bool is_hurried_ = false;  // since it was last asked
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tocsin::channel
