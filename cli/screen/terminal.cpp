#include "screen/terminal.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

#include "base/fault.h"

namespace tocsin::cli {

namespace {

// Ignores failures: a terminal that is gone is noticed by SIGHUP or the next read.
void put(std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t done = ::write(STDOUT_FILENO, text.data(), text.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(done));
  }
}

}  // namespace

Terminal::Terminal(Page page, Keys keys) : page_(page) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGWINCH}) sigaddset(&signals, signal);
  ::pthread_sigmask(SIG_BLOCK, &signals, &mask_before_);
  signals_ = ::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
  if (signals_ < 0)
    throw base::Fault(base::Exit::fault,
                      "cannot wait for signals: " + std::generic_category().message(errno));
  if (keys == Keys::single && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
    termios raw = before_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    keys_ = ::tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
  }
  measure();
  if (page_ == Page::whole) put("\x1b[?1049h\x1b[?25l");
}

Terminal::~Terminal() {
  if (page_ == Page::whole) put("\x1b[?25h\x1b[?1049l");
  if (keys_) ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  if (signals_ >= 0) ::close(signals_);
  ::pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
}

void Terminal::measure() noexcept {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return;
  columns_ = size.ws_col;
  rows_ = size.ws_row;
}

Heard Terminal::wait(base::Milliseconds patience) {
  std::array<pollfd, 2> sources{{{signals_, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}}};
  Heard heard;
  if (::poll(sources.data(), keys_ ? 2 : 1, static_cast<int>(patience.count())) <= 0) return heard;
  signalfd_siginfo signal{};
  while (::read(signals_, &signal, sizeof signal) == sizeof signal) {
    if (signal.ssi_signo == SIGWINCH)
      heard.resized = true;
    else
      heard.stop = true;
  }
  if (heard.resized) measure();
  if (keys_ && (sources[1].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
    char key = '\0';
    if (::read(STDIN_FILENO, &key, 1) == 1)
      heard.key = key;
    else
      heard.stop = true;
  }
  return heard;
}

void Terminal::forget_keys() noexcept {
  if (keys_) ::tcflush(STDIN_FILENO, TCIFLUSH);
}

void Terminal::draw(const std::vector<std::string>& lines) {
  std::string frame = "\x1b[H";
  const std::size_t shown = std::min(lines.size(), rows_);
  for (std::size_t i = 0; i < shown; ++i) {
    frame += lines[i];
    frame += "\x1b[K";
    if (i + 1 < shown) frame += "\r\n";
  }
  frame += "\x1b[J";
  put(frame);
}

}  // namespace tocsin::cli
