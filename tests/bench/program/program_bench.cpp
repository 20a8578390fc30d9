// Measures the start of the program, and the check of a long playbook as a library call and as a
// command. bench_program [TOCSIN]
// Targets: --version in 12 ms; a playbook of 2,000 lines checked in 40 ms.
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/fault.h"
#include "base/file.h"
#include "playbook/judging/judge.h"

namespace {

using namespace tocsin;

constexpr int kRounds = 41;
constexpr int kLines = 2'000;

// A playbook with so many areas that it has 2,000 lines. Areas have ten posts in two shifts, with
// every field that a post has.
std::string long_playbook() {
  std::string out =
      "format: 1\nid: long\ntitle: Long\nrevision: \"1\"\nsite: {code: ZZ999, name: A Hospital}\n"
      "shifts:\n"
      "  - {id: response, title: Response, from: 0, until: 8h}\n"
      "  - {id: relief, title: Relief, from: 8h, until: 16h}\n"
      "areas:\n";
  int lines = 9;
  for (int area = 0; lines + 65 <= kLines; ++area) {
    out += fmt::format(
        "  - id: area-{0}\n    title: Area {0}\n    priority: {1}\n    report_to: Door {0}\n"
        "    posts:\n",
        area, 1 + area * 9 / (kLines / 65 + 1));
    for (int post = 0; post < 10; ++post)
      out += fmt::format(
          "      - role: role-{}\n        title: The role\n        staff_group: nursing\n"
          "        skills: [nurse, skill-{}]\n"
          "        need: {{response: 2 by 20min then 5 by 60min, relief: 3}}\n"
          "        minimum: 2\n",
          post, post % 7);
    lines += 65;
  }
  for (; lines < kLines - 1; ++lines) out += "# nothing\n";
  return out + "retention: {keep: 90d}\n";
}

struct Median {
  double clock_ms;
  double processor_ms;
};

template <class Work>
Median median(Work work) {
  std::vector<double> clock;
  std::vector<double> processor;
  for (int i = 0; i < kRounds; ++i) {
    const base::Stopwatch stopwatch;
    processor.push_back(work());
    clock.push_back(1e3 * stopwatch.seconds());
  }
  std::sort(clock.begin(), clock.end());
  std::sort(processor.begin(), processor.end());
  return {clock[kRounds / 2], processor[kRounds / 2]};
}

double milliseconds(const timeval& time) {
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_usec);
}

// Runs a child process without output, which must succeed, and returns its processor time.
double run(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t silence;
  posix_spawn_file_actions_init(&silence);
  posix_spawn_file_actions_addopen(&silence, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&silence, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = -1;
  const int failed =
      posix_spawn(&child, words[0].c_str(), &silence, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&silence);
  int status = 0;
  rusage usage{};
  TOCSIN_ASSERT(failed == 0 && wait4(child, &status, 0, &usage) == child && status == 0);
  return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  const std::string program =
      argc > 1 ? argv[1] : (fs::path{argv[0]}.parent_path() / "tocsin").string();
  const std::string text = long_playbook();
  const std::string file =
      (fs::temp_directory_path() / fmt::format("tocsin-bench-{}.yaml", ::getpid())).string();
  base::write_file(file, base::bytes_of(text), base::Access::everyone);

  const auto report = [](std::string_view what, Median took) {
    fmt::print("{:<34} {:6.1f} ms, processor {:6.1f} ms\n", what, took.clock_ms, took.processor_ms);
  };
  report("tocsin --version", median([&] { return run({program, "--version"}); }));
  report("a playbook of 2000 lines, loaded", median([&] {
           const std::clock_t start = std::clock();
           document::Findings findings;
           TOCSIN_ASSERT(playbook::read_sound_playbook(text, file, findings).has_value());
           return static_cast<double>(std::clock() - start) * 1e3 / CLOCKS_PER_SEC;
         }));
  report("tocsin check, of the same", median([&] { return run({program, "check", file}); }));
  fs::remove(file);
}
