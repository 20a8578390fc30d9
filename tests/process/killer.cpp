#include "process/killer.h"

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

namespace tocsin::process {

namespace {

constexpr std::array kChanges = {
    SYS_pwrite64,  SYS_writev,   SYS_renameat, SYS_renameat2, SYS_fsync,    SYS_fdatasync,
    SYS_ftruncate, SYS_unlinkat, SYS_mkdirat,  SYS_linkat,    SYS_fchmodat, SYS_fchmod,
#ifdef SYS_rename  // and others that newer processors' systems do without
    SYS_rename,    SYS_unlink,   SYS_mkdir,    SYS_rmdir,     SYS_link,     SYS_chmod,
#endif
};

bool changes_the_disk(const __ptrace_syscall_info& call) {
  const auto number = static_cast<long>(call.entry.nr);
  if (number == SYS_write) return call.entry.args[0] > STDERR_FILENO;
  if (number == SYS_openat) return (call.entry.args[2] & O_CREAT) != 0;
#ifdef SYS_open
  if (number == SYS_open) return (call.entry.args[1] & O_CREAT) != 0;
#endif
  return std::find(kChanges.begin(), kChanges.end(), number) != kChanges.end();
}

// Runs in the child, and never returns.
[[noreturn]] void execute_traced(const std::vector<std::string>& argv) {
  ::setpgid(0, 0);
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing, stream);
  ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1);  // its search for leaks traces the program, too
  ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
  ::raise(SIGSTOP);
  std::vector<char*> words;
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  ::execv(words[0], words.data());
  std::_Exit(127);
}

// The tracer's side: counts, and kills once.
class Trace {
 public:
  Trace(pid_t child, int before_call) : child_(child), before_call_(before_call) {}

  Traced follow() {
    int status = 0;
    if (::waitpid(child_, &status, 0) != child_ || !WIFSTOPPED(status))
      throw std::runtime_error("the program cannot be traced");
    constexpr long kOptions = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL;
    ::ptrace(PTRACE_SETOPTIONS, child_, nullptr, kOptions);
    go_on(child_, 0);
    for (;;) {
      // The threads of the program are in its group, and nobody else is.
      const pid_t thread = ::waitpid(-child_, &status, __WALL);
      if (thread < 0) return result_;
      if (WIFSTOPPED(status))
        stopped(thread, status);
      else if (thread == child_)
        result_.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
  }

 private:
  static void go_on(pid_t thread, int signal) {
    ::ptrace(PTRACE_SYSCALL, thread, nullptr, static_cast<std::intptr_t>(signal));
  }

  void stopped(pid_t thread, int status) {
    const int signal = WSTOPSIG(status);
    if (signal == (SIGTRAP | 0x80)) {
      __ptrace_syscall_info call{};
      ::ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof call, &call);
      if (call.op == PTRACE_SYSCALL_INFO_ENTRY && changes_the_disk(call) &&
          ++result_.calls == before_call_) {
        result_.was_killed = true;
        ::kill(child_, SIGKILL);  // the call does not happen
        return;
      }
      go_on(thread, 0);
      return;
    }
    const bool is_ours = signal == SIGTRAP || signal == SIGSTOP;  // exec, a new thread
    go_on(thread, is_ours ? 0 : signal);
  }

  const pid_t child_;
  const int before_call_;
  Traced result_;
};

}  // namespace

bool can_trace() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0 ? 0 : 1);
  int status = 1;
  return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

Traced run_and_kill(const std::vector<std::string>& argv, int before_call) {
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) execute_traced(argv);
  return Trace(child, before_call).follow();
}

}  // namespace tocsin::process
