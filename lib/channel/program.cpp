#include "channel/program.h"

#include <fcntl.h>
#include <linux/keyctl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "base/clock.h"

namespace tocsin::channel {

namespace {

constexpr base::Milliseconds kToFinish{3'000};
constexpr std::size_t kPiece = 16 * 1024;

struct Pipe {
  int from = -1;
  int to = -1;

  bool open() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    from = ends[0];
    to = ends[1];
    return true;
  }
  void close() {
    for (int* end : {&from, &to})
      if (*end >= 0) ::close(std::exchange(*end, -1));
  }
};

// The few variables that a program needs, none of which is ours.
std::vector<std::string> environment() {
  std::vector<std::string> out;
  for (const char* name : {"HOME", "LANG", "LC_ALL", "LOGNAME", "PATH", "TMPDIR", "TZ", "USER"})
    if (const char* value = std::getenv(name)) out.push_back(std::string{name} + "=" + value);
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

struct Prepared {
  const char* folder;
  char* const* words;
  char* const* variables;
  int input, output;
};

void close_others() {
  constexpr unsigned kFirst = STDERR_FILENO + 1;
  if (::close_range(kFirst, ~0U, 0) == 0) return;
  for (int fd = kFirst; fd < 65'536; ++fd) ::close(fd);  // Linux before 5.9
}

// Runs in the child of a process with several threads, so it makes system calls and nothing else.
[[noreturn]] void become(const Prepared& prepared) {
  constexpr int kExecFailed = 127;
  ::setsid();  // no terminal, from which it could read a passphrase
  // A keyring of its own: that of our session may hold the coordinator's key (tocsin-unlock(1)).
  const long joined = ::syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, nullptr);
  if (joined < 0 && errno != ENOSYS && errno != EPERM && errno != EOPNOTSUPP) ::_exit(kExecFailed);
  // Above those three, which are free when ours were closed.
  const int input = ::fcntl(prepared.input, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  const int output = ::fcntl(prepared.output, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  const int nothing = ::open("/dev/null", O_WRONLY);
  if (::dup2(input, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0 ||
      ::dup2(nothing, STDERR_FILENO) < 0 || ::chdir(prepared.folder) != 0)
    ::_exit(kExecFailed);
  close_others();
  struct sigaction usual {};
  usual.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; ++number) ::sigaction(number, &usual, nullptr);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::execve(prepared.words[0], prepared.words, prepared.variables);
  ::_exit(kExecFailed);
}

// A write to a program that has gone is an error and not a signal.
ssize_t write_quietly(int to, std::string_view bytes) {
  sigset_t broken_pipe;
  sigset_t before;
  ::sigemptyset(&broken_pipe);
  ::sigaddset(&broken_pipe, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &broken_pipe, &before);
  const ssize_t written = ::write(to, bytes.data(), bytes.size());
  const timespec at_once{};
  if (written < 0 && errno == EPIPE) ::sigtimedwait(&broken_pipe, nullptr, &at_once);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return written;
}

}  // namespace

Program::~Program() {
  if (is_started()) {
    if (input_ >= 0) ::close(std::exchange(input_, -1));
    const base::Stopwatch watch;
    for (;;) {
      const auto spent = base::Milliseconds{static_cast<std::int64_t>(watch.seconds() * 1'000)};
      if (has_ended() || spent >= kToFinish) break;
      wait(kToFinish - spent);
      read(kPiece);
    }
    close_pipes();
    if (::waitpid(pid_, nullptr, WNOHANG) == 0) ::kill(-pid_, SIGTERM);
  }
  reap();
}

bool Program::start() {
  reap();
  Pipe in;
  Pipe out;
  if (!in.open() || !out.open()) {
    in.close();
    return false;
  }
  std::vector<std::string> arguments{command_.program.string()};
  arguments.insert(arguments.end(), command_.arguments.begin(), command_.arguments.end());
  std::vector<std::string> variables = environment();
  const auto words = pointers(arguments);
  const auto settings = pointers(variables);
  const Prepared prepared{command_.folder.c_str(), words.data(), settings.data(), in.from, out.to};
  pid_ = ::fork();
  if (pid_ == 0) become(prepared);
  if (pid_ < 0) {
    in.close();
    out.close();
    return false;
  }
  input_ = std::exchange(in.to, -1);
  output_ = std::exchange(out.from, -1);
  in.close();
  out.close();
  for (const int end : {input_, output_}) ::fcntl(end, F_SETFL, O_NONBLOCK);
  is_silent_ = false;
  return true;
}

bool Program::has_ended() {
  if (!is_started() || is_silent_) return true;
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == pid_;
}

// Nobody waits for it to be gone: a process that hangs in the kernel cannot be killed yet.
void Program::end() {
  if (!is_started()) return;
  close_pipes();
  ::kill(-pid_, SIGKILL);
  ::kill(pid_, SIGKILL);  // when it had no time to become a group of its own
  killed_.push_back(std::exchange(pid_, -1));
  reap();
}

std::size_t Program::write(std::string_view bytes) {
  std::size_t taken = 0;
  while (input_ >= 0 && taken < bytes.size()) {
    const ssize_t written = write_quietly(input_, bytes.substr(taken, kPiece));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    taken += static_cast<std::size_t>(written);
  }
  return taken;
}

std::string Program::read(std::size_t most) {
  std::string out;
  std::array<char, kPiece> piece{};
  while (output_ >= 0 && out.size() < most) {
    const ssize_t got = ::read(output_, piece.data(), std::min(piece.size(), most - out.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) is_silent_ = true;
    if (got <= 0) break;
    out.append(piece.data(), static_cast<std::size_t>(got));
  }
  return out;
}

void Program::wait(base::Milliseconds patience) const {
  if (output_ < 0) return;
  pollfd ready{output_, POLLIN, 0};
  ::poll(&ready, 1, static_cast<int>(patience.count()));
}

void Program::close_pipes() {
  for (int* end : {&input_, &output_})
    if (*end >= 0) ::close(std::exchange(*end, -1));
}

void Program::reap() {
  std::erase_if(killed_, [](pid_t pid) { return ::waitpid(pid, nullptr, WNOHANG) != 0; });
}

}  // namespace tocsin::channel
