// transcript BIN PROJECT FILE: runs the command lines of FILE and compares what they print.
//
//   # a comment; empty lines between steps are ignored
//   $ tocsin --version              run by sh; `> ` lines below continue it (here-documents)
//   tocsin [..]                     what it prints; [..] is any text, [NAME=..] also keeps it as
//   $NAME
//   ...                             any number of lines, also none
//   2> tocsin: error: …             what it prints to standard error
//   [exit 2]                        its exit code, when not 0
//   & tocsin relay --listen [::1]:0 runs until the transcript ends; $LAST_PID is its process group
//   listening on [PORT=..]          lines to wait for; others in between are skipped
//
// Each transcript runs in its own empty folder, with TOCSIN_HOME in it, TZ=UTC0, and BIN first on
// the PATH. $PROJECT is the source folder. On a difference the program prints what it saw, in the
// same format, and exits 1.
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace {

using Lines = std::vector<std::string>;
using tocsin::base::Stopwatch;

constexpr double kPatience_s = 60;  // how long to wait for one command, or one awaited line

struct Step {
  int line = 0;
  bool runs_on = false;
  std::string command;
  Lines out;
  Lines err;
  int exit = 0;
};

[[noreturn]] void fail(const std::string& why) {
  fmt::print(stderr, "transcript: {}\n", why);
  std::exit(1);
}

std::vector<Step> read_steps(const std::string& path) {
  std::ifstream in{path};
  if (!in) fail("cannot read " + path);
  std::vector<Step> steps;
  int number = 0;
  bool in_command = false;
  for (std::string line; std::getline(in, line);) {
    ++number;
    std::smatch found;
    if (line.starts_with("$ ") || line.starts_with("& ")) {
      steps.push_back({number, line.front() == '&', line.substr(2), {}, {}, 0});
      in_command = true;
      continue;
    }
    if (in_command && line.starts_with("> ")) {
      steps.back().command += "\n" + line.substr(2);
      continue;
    }
    in_command = false;
    if (steps.empty() || line.starts_with("# ")) continue;
    if (std::regex_match(line, found, std::regex{R"(\[exit (\d+)\])"}))
      steps.back().exit = std::stoi(found[1]);
    else if (line.starts_with("2> "))
      steps.back().err.push_back(line.substr(3));
    else
      steps.back().out.push_back(line);
  }
  // Empty lines before the next step are not output.
  for (Step& step : steps)
    while (!step.out.empty() && step.out.back().empty()) step.out.pop_back();
  return steps;
}

// Compares one line. Puts the text of [NAME=..] into the environment, for later commands.
bool same(const std::string& expected, const std::string& seen) {
  static const std::regex kHole{R"(\[([A-Z_]*=)?\.\.\])"};
  static const std::regex kSpecial{R"([\\^$.|?*+(){}\[\]])"};
  std::string pattern;
  std::vector<std::string> names;
  std::size_t at = 0;
  for (auto hole = std::sregex_iterator(expected.begin(), expected.end(), kHole);
       hole != std::sregex_iterator(); ++hole) {
    const auto start = static_cast<std::size_t>(hole->position());
    pattern += std::regex_replace(expected.substr(at, start - at), kSpecial, R"(\$&)") + "(.*)";
    const std::string name = (*hole)[1];
    names.push_back(name.empty() ? name : name.substr(0, name.size() - 1));
    at = start + static_cast<std::size_t>(hole->length());
  }
  pattern += std::regex_replace(expected.substr(at), kSpecial, R"(\$&)");
  std::smatch found;
  if (!std::regex_match(seen, found, std::regex{pattern})) return false;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (!names[i].empty()) ::setenv(names[i].c_str(), found[i + 1].str().c_str(), 1);
  return true;
}

bool same(const Lines& expected, std::size_t e, const Lines& seen, std::size_t s) {
  if (e == expected.size()) return s == seen.size();
  if (expected[e] == "...")
    return same(expected, e + 1, seen, s) || (s < seen.size() && same(expected, e, seen, s + 1));
  return s < seen.size() && same(expected[e], seen[s]) && same(expected, e + 1, seen, s + 1);
}

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    // Show that the last line has no newline.
    if (end == text.size()) lines.back() += " (no newline)";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

struct Pipe {
  int fd = -1;
  std::string text;
};

struct Process {
  pid_t pid = -1;
  Pipe out;
  Pipe err;
};

Process start(const std::string& command, bool one_stream) {
  std::array<int, 2> out{};
  std::array<int, 2> err{};
  if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0)
    fail("cannot make a pipe");
  const pid_t pid = ::fork();
  if (pid < 0) fail("cannot fork");
  if (pid == 0) {
    ::setpgid(0, 0);
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    ::dup2(one_stream ? out[1] : err[1], STDERR_FILENO);
    ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    ::_exit(127);
  }
  ::setpgid(pid, pid);
  ::close(out[1]);
  ::close(err[1]);
  return {pid, {out[0], {}}, {err[0], {}}};
}

// Reads what has come from any pipe. False when nothing came within `left_s` seconds.
bool read_some(const std::vector<Pipe*>& pipes, double left_s) {
  std::vector<pollfd> polled;
  for (const Pipe* pipe : pipes) polled.push_back({pipe->fd, POLLIN, 0});
  const int ready = ::poll(polled.data(), polled.size(), static_cast<int>(left_s * 1000));
  if (ready <= 0) return ready < 0 && errno == EINTR;
  for (std::size_t i = 0; i < pipes.size(); ++i) {
    if (polled[i].revents == 0) continue;
    std::array<char, 65536> buffer{};
    const ssize_t got = ::read(pipes[i]->fd, buffer.data(), buffer.size());
    if (got > 0) {
      pipes[i]->text.append(buffer.data(), static_cast<std::size_t>(got));
    } else {
      ::close(pipes[i]->fd);
      pipes[i]->fd = -1;  // poll() passes over it
    }
  }
  return true;
}

class Session {
 public:
  ~Session() {
    for (const Process& process : running_) ::kill(-process.pid, SIGKILL);
    for (const Process& process : running_) ::waitpid(process.pid, nullptr, 0);
  }

  // Returns the difference, or nothing.
  std::string play(const Step& step) { return step.runs_on ? await(step) : run(step); }

 private:
  std::vector<Pipe*> pipes_with(Process& process) {
    std::vector<Pipe*> pipes{&process.out, &process.err};
    for (Process& other : running_) pipes.push_back(&other.out);
    return pipes;
  }

  std::string run(const Step& step) {
    Process process = start(step.command, false);
    const Stopwatch watch;
    while (process.out.fd >= 0 || process.err.fd >= 0)
      if (!read_some(pipes_with(process), std::max(0.0, kPatience_s - watch.seconds()))) {
        ::kill(-process.pid, SIGKILL);
        ::waitpid(process.pid, nullptr, 0);
        return fmt::format("did not end within {} s", kPatience_s);
      }
    int status = 0;
    ::waitpid(process.pid, &status, 0);
    const int exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    const Lines out = lines_of(process.out.text);
    const Lines err = lines_of(process.err.text);
    if (exit == step.exit && same(step.out, 0, out, 0) && same(step.err, 0, err, 0)) return {};
    std::string seen;
    for (const auto& line : out) seen += line + "\n";
    for (const auto& line : err) seen += "2> " + line + "\n";
    return fmt::format("it printed\n{}[exit {}]", seen, exit);
  }

  std::string await(const Step& step) {
    running_.push_back(start(step.command, true));
    Process& process = running_.back();
    ::close(process.err.fd);
    process.err.fd = -1;
    ::setenv("LAST_PID", std::to_string(process.pid).c_str(), 1);
    std::size_t read = 0;
    const Stopwatch watch;
    for (const std::string& expected : step.out) {
      for (bool found = false; !found;) {
        const std::size_t end = process.out.text.find('\n', read);
        if (end != std::string::npos) {
          found = same(expected, process.out.text.substr(read, end - read));
          read = end + 1;
        } else if (process.out.fd < 0 ||
                   !read_some({&process.out}, std::max(0.0, kPatience_s - watch.seconds()))) {
          return fmt::format("never said \"{}\", but\n{}", expected, process.out.text);
        }
      }
    }
    return {};
  }

  std::vector<Process> running_;
};

void set_environment(const std::string& bin, const std::string& project,
                     const std::filesystem::path& folder) {
  ::clearenv();
  ::setenv("PATH", (bin + ":/usr/local/bin:/usr/bin:/bin").c_str(), 1);
  ::setenv("PROJECT", project.c_str(), 1);
  ::setenv("HOME", folder.c_str(), 1);
  ::setenv("TMPDIR", folder.c_str(), 1);
  ::setenv("TOCSIN_HOME", (folder / "home").c_str(), 1);
  ::setenv("TZ", "UTC0", 1);
  ::setenv("LC_ALL", "C.UTF-8", 1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) fail("usage: transcript BIN PROJECT FILE");
  const std::string bin = std::filesystem::absolute(argv[1]);
  const std::string project = std::filesystem::absolute(argv[2]);
  const std::string path = std::filesystem::absolute(argv[3]);
  const std::vector<Step> steps = read_steps(path);
  if (steps.empty()) fail(path + " holds no command");

  std::string folder = (std::filesystem::temp_directory_path() / "transcript-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) fail("cannot make " + folder);
  std::filesystem::current_path(folder);
  set_environment(bin, project, folder);

  std::string difference;
  {
    Session session;
    for (const Step& step : steps) {
      difference = session.play(step);
      if (difference.empty()) continue;
      difference = fmt::format("{}:{}: $ {}\n{}\n", path, step.line, step.command, difference);
      break;
    }
  }
  std::filesystem::current_path("/");
  std::error_code ignored;  // a temporary folder that stays is not a failure of the program
  std::filesystem::remove_all(folder, ignored);
  if (!difference.empty()) fail(difference);
  return 0;
}
