// The table of contents: every command, in the order and under the headings of --help.
#include <array>

#include "command.h"

namespace tocsin::cli {

std::unique_ptr<Command> make_allocate();
std::unique_ptr<Command> make_check();
std::unique_ptr<Command> make_completion();
std::unique_ptr<Command> make_drill();
std::unique_ptr<Command> make_init();
std::unique_ptr<Command> make_relay();
std::unique_ptr<Command> make_respond_answer();
std::unique_ptr<Command> make_respond_enrol();
std::unique_ptr<Command> make_respond_inbox();
std::unique_ptr<Command> make_respond_offer();
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
      {"Responder", "respond enrol", "Make this machine a device of yours, by an invitation",
       "tocsin respond enrol tocsin-invite:AbC…\n"
       "tocsin --home ~/.tocsin respond enrol - --name \"Ana's laptop\" < invitation.txt",
       make_respond_enrol},
      {"Responder", "respond inbox", "Show who calls, where to and by when, and whether it is real",
       "tocsin respond inbox\ntocsin respond inbox --wait 600 --json", make_respond_inbox},
      {"Responder", "respond answer", "Say whether you come, and when",
       "tocsin respond answer 3 coming --eta 25\n"
       "tocsin respond answer 3 later --from 07:00\n"
       "tocsin respond answer 3 last-resort",
       make_respond_answer},
      {"Responder", "respond offer", "Offer to come, without being asked",
       "tocsin respond offer --eta 40", make_respond_offer},
      {"Infrastructure", "relay", "Keep sealed messages in mailboxes for coordinators and phones",
       "tocsin relay --listen 0.0.0.0:8440\n"
       "tocsin relay --listen 127.0.0.1:0 --store /var/lib/tocsin/relay.db --organisation KEY\n"
       "tocsin relay --show-organisation",
       make_relay},
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
