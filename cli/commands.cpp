// The table of contents: every command, in the order and under the headings of --help.
#include <array>

#include "command.h"

namespace tocsin::cli {

std::unique_ptr<Command> make_check();
std::unique_ptr<Command> make_completion();

std::span<const Entry> commands() {
  // Prepare, Respond, Afterwards, Responder, Infrastructure, Scripts: keep each group together.
  static constexpr auto kCommands = std::to_array<Entry>({
      {"Prepare", "check", "Say everything that is wrong with a playbook",
       "tocsin check playbooks/mass-casualty.yaml\ntocsin check --json playbooks/*.yaml",
       make_check},
      {"Scripts", "completion", "Print a completion script for bash, zsh or fish",
       "tocsin completion bash > ~/.local/share/bash-completion/completions/tocsin",
       make_completion},
  });
  return kCommands;
}

}  // namespace tocsin::cli
