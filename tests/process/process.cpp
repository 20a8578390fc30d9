#include "process/process.h"

#include <sys/wait.h>
#include <unistd.h>

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
  output_ = ::fdopen(ends[0], "r");
}

Process::~Process() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  if (output_ != nullptr) std::fclose(output_);
}

std::optional<std::string> Process::line() {
  char* text = nullptr;
  std::size_t size = 0;
  const ssize_t got = ::getline(&text, &size, output_);
  std::optional<std::string> out;
  if (got >= 0) {
    out = std::string(text, static_cast<std::size_t>(got));
    seen_ += *out;
    if (!out->empty() && out->back() == '\n') out->pop_back();
  }
  std::free(text);
  return out;
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
