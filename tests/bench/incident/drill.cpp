// Measures how many simulated incidents run in a second, in memory.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/clock.h"
#include "base/file.h"
#include "drill/run/run.h"
#include "playbook/judging/judge.h"

int main(int argc, char** argv) {
  using namespace tocsin;
  const std::string file = argc > 1 ? argv[1] : "playbooks/mass-casualty.yaml";
  const std::size_t staff = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1'000;
  const int runs = argc > 3 ? std::atoi(argv[3]) : 10;
  document::Findings findings;
  const auto playbook =
      playbook::read_sound_playbook(base::read_file(file, 1 << 20), file, findings);
  if (!playbook) return 1;
  drill::Settings settings;
  settings.playbook_file = file;
  settings.staff = staff;
  settings.path = drill::Path::in_memory;
  settings.at = *base::from_rfc3339("2026-01-10T22:40:00Z");
  const base::Stopwatch all;
  std::size_t events = 0;
  for (int run = 0; run < runs; ++run) {
    settings.seed = static_cast<std::uint64_t>(run) + 1;
    events += drill::run(*playbook, settings, [](base::Minutes, base::Minutes) {}).events;
  }
  std::printf("%zu staff: %.1f ms an incident, %.1f incidents a second, %zu events each\n", staff,
              1e3 * all.seconds() / runs, runs / all.seconds(),
              events / static_cast<std::size_t>(runs));
}
