#include "process/process.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace tocsin::process {

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
    std::vector<char*> words;
    for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execv(words[0], words.data());
    std::_Exit(127);
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

}  // namespace tocsin::process
