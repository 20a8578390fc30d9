// The terminal while a command stays on it: a page that is redrawn in place, single keys, and
// signals. The destructor restores everything. Without a terminal it still waits and handles
// signals.
#pragma once

#include <termios.h>

#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"

namespace tocsin::cli {

enum class Page { scroll, whole };  // whole: uses the full screen until it ends
enum class Keys { none, single };   // single: reads each key at once, without echo

struct Heard {
  std::optional<char> key;
  bool stop = false;  // SIGINT, SIGTERM, SIGHUP, or the end of the input
  bool resized = false;
};

class Terminal {
 public:
  // Blocks the signals in this thread and in all threads that are started later.
  Terminal(Page page, Keys keys);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  // Waits at most `patience`; returns at once when there is a key or a signal.
  Heard wait(base::Milliseconds patience);
  // Keys that were pressed so far and not read are not read any more.
  void forget_keys() noexcept;
  // Overwrites the page line by line, so that nothing flickers. Leaves out what does not fit.
  void draw(const std::vector<std::string>& lines);
  std::size_t columns() const noexcept { return columns_; }
  std::size_t rows() const noexcept { return rows_; }

 private:
  void measure() noexcept;

  Page page_;
  bool keys_ = false;
  std::size_t columns_ = 80;
  std::size_t rows_ = 24;
  termios before_{};
  sigset_t mask_before_{};
  int signals_ = -1;
};

}  // namespace tocsin::cli
