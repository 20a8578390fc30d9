// The terminal while a command stays on it: a page that is redrawn in place, single keys, and the
// signals that end or resize it. Everything is as it was once the object is gone. Where there is no
// terminal, it waits and hears signals all the same.
#pragma once

#include <termios.h>

#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"

namespace tocsin::cli {

enum class Page { scroll, whole };  // whole: the screen is ours until we leave
enum class Keys { none, single };   // single: a key is heard as it is pressed, and not echoed

struct Heard {
  std::optional<char> key;
  bool stop = false;  // SIGINT, SIGTERM, SIGHUP, or the end of the input that keys come from
  bool resized = false;
};

class Terminal {
 public:
  // Signals are taken from every thread that is started after this.
  Terminal(Page page, Keys keys);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  // At most so long; at once when something is there.
  Heard wait(base::Milliseconds patience);
  // Overwrites the page line by line, so that nothing flickers. What does not fit is left out.
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
