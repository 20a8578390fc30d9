// The table of contents: every command, in the order and under the headings of --help.
#include <array>

#include "command.h"

namespace tocsin::cli {

std::unique_ptr<Command> make_allocate();
std::unique_ptr<Command> make_check();
std::unique_ptr<Command> make_completion();
std::unique_ptr<Command> make_drill();
std::unique_ptr<Command> make_init();
std::unique_ptr<Command> make_unlock();

std::span<const Entry> commands() {
  // Prepare, Respond, Afterwards, Responder, Infrastructure, Scripts: keep each group together.
  static constexpr auto kCommands = std::to_array<Entry>({
      {"Prepare", "init", "Make an organisation's folder, its keys and its first coordinator",
       "tocsin init --organisation \"St Elsewhere\" --coordinator \"Dr A. Okafor\"\n"
       "tocsin --home /tmp/drill init --organisation Drill --coordinator Me --no-passphrase",
       make_init},
      {"Prepare", "unlock", "Keep the coordinator's key in the kernel's keyring for a while",
       "tocsin unlock\ntocsin unlock --for 45min\ntocsin unlock --forget", make_unlock},
      {"Prepare", "check", "Say everything that is wrong with a playbook",
       "tocsin check playbooks/mass-casualty.yaml\ntocsin check --json playbooks/*.yaml",
       make_check},
      {"Prepare", "drill", "Exercise a playbook with simulated staff, on the live path",
       "tocsin drill playbooks/mass-casualty.yaml --staff 1200 --seed 1\n"
       "tocsin drill playbooks/shift-cover.yaml --at 'Sunday 04:00' --json",
       make_drill},
      {"Scripts", "allocate", "Find the best allocation of responders to posts",
       "tocsin allocate --problem tonight.yaml\ntocsin allocate --problem tonight.json --json",
       make_allocate},
      {"Scripts", "completion", "Print a completion script for bash, zsh or fish",
       "tocsin completion bash > ~/.local/share/bash-completion/completions/tocsin",
       make_completion},
  });
  return kCommands;
}

}  // namespace tocsin::cli
