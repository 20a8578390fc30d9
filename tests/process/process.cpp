#include "process/process.h"

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace tocsin::process {

namespace {

// Runs in the child, and never returns.
[[noreturn]] void execute(const std::vector<std::string>& argv) {
  std::vector<char*> words;
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  ::execv(words[0], words.data());
  std::_Exit(127);
}

}  // namespace

Process::Process(const std::vector<std::string>& argv) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("no process");
  if (pid_ == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::dup2(ends[1], STDERR_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    execute(argv);
  }
  ::close(ends[1]);
  output_ = ends[0];
}

Process::~Process() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  if (output_ >= 0) ::close(output_);
}

std::optional<std::string> Process::line(int patience_ms) {
  for (;;) {
    if (const auto end = seen_.find('\n', returned_); end != std::string::npos) {
      std::string out = seen_.substr(returned_, end - returned_);
      returned_ = end + 1;
      return out;
    }
    pollfd ready{output_, POLLIN, 0};
    if (::poll(&ready, 1, patience_ms) == 0) return std::nullopt;
    char buffer[4096];
    const ssize_t got = ::read(output_, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    seen_.append(buffer, static_cast<std::size_t>(got));
  }
}

bool Process::wait_for(const std::string& text) {
  while (const auto next = line())
    if (next->find(text) != std::string::npos) return true;
  return false;
}

void Process::signal(int number) { ::kill(pid_, number); }

Outcome Process::finish() {
  while (line()) {
  }
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), seen_};
}

Outcome run(const std::vector<std::string>& argv) { return Process{argv}.finish(); }

Terminal::Terminal(const std::vector<std::string>& argv, int columns, int rows) {
  winsize size{};
  size.ws_col = static_cast<unsigned short>(columns);
  size.ws_row = static_cast<unsigned short>(rows);
  pid_ = ::forkpty(&keys_, nullptr, nullptr, &size);
  if (pid_ < 0) throw std::runtime_error("no terminal");
  if (pid_ == 0) execute(argv);
}

Terminal::~Terminal() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  if (keys_ >= 0) ::close(keys_);
}

void Terminal::press(std::string_view keys) {
  if (::write(keys_, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size()))
    throw std::runtime_error("the terminal takes no keys");
}

bool Terminal::read_more(int patience_ms) {
  pollfd ready{keys_, POLLIN, 0};
  if (::poll(&ready, 1, patience_ms) <= 0) return false;
  char buffer[4096];
  const ssize_t got = ::read(keys_, buffer, sizeof buffer);
  if (got <= 0) return false;  // EIO: the other end is closed
  raw_.append(buffer, static_cast<std::size_t>(got));
  // ESC [ … letter is a control sequence. One that is incomplete waits for its rest.
  while (read_ < raw_.size()) {
    if (raw_[read_] != '\x1b') {
      text_ += raw_[read_++];
      continue;
    }
    const std::size_t end =
        raw_.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", read_ + 1);
    if (end == std::string::npos) break;
    read_ = end + 1;
  }
  return true;
}

bool Terminal::shows(std::string_view text) {
  constexpr auto kPatience = std::chrono::seconds{30};
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    if (const auto at = text_.find(text, seen_); at != std::string::npos) {
      seen_ = at + text.size();
      return true;
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0 || !read_more(static_cast<int>(left.count()))) return false;
  }
}

Outcome Terminal::finish() {
  while (read_more(-1)) {
  }
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), raw_};
}

}  // namespace tocsin::process
