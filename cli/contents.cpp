// The table of contents: every command, with the headings and the order of --help.
#include <array>

#include "command.h"

namespace tocsin::cli {

std::unique_ptr<Command> make_allocate();
std::unique_ptr<Command> make_assign();
std::unique_ptr<Command> make_board();
std::unique_ptr<Command> make_channel_list();
std::unique_ptr<Command> make_channel_test();
std::unique_ptr<Command> make_check();
std::unique_ptr<Command> make_completion();
std::unique_ptr<Command> make_decide();
std::unique_ptr<Command> make_declare();
std::unique_ptr<Command> make_doctor();
std::unique_ptr<Command> make_drill();
std::unique_ptr<Command> make_explain();
std::unique_ptr<Command> make_init();
std::unique_ptr<Command> make_need();
std::unique_ptr<Command> make_phone();
std::unique_ptr<Command> make_plan();
std::unique_ptr<Command> make_record_export();
std::unique_ptr<Command> make_record_verify();
std::unique_ptr<Command> make_relay();
std::unique_ptr<Command> make_release();
std::unique_ptr<Command> make_reply();
std::unique_ptr<Command> make_respond_answer();
std::unique_ptr<Command> make_respond_enrol();
std::unique_ptr<Command> make_respond_inbox();
std::unique_ptr<Command> make_respond_offer();
std::unique_ptr<Command> make_rota_diff();
std::unique_ptr<Command> make_rota_import();
std::unique_ptr<Command> make_rota_list();
std::unique_ptr<Command> make_rota_on_call();
std::unique_ptr<Command> make_rota_override();
std::unique_ptr<Command> make_rota_show();
std::unique_ptr<Command> make_rota_words();
std::unique_ptr<Command> make_run();
std::unique_ptr<Command> make_staff_enrolled();
std::unique_ptr<Command> make_staff_history();
std::unique_ptr<Command> make_staff_import();
std::unique_ptr<Command> make_staff_invite();
std::unique_ptr<Command> make_staff_linked();
std::unique_ptr<Command> make_staff_list();
std::unique_ptr<Command> make_staff_revoke();
std::unique_ptr<Command> make_staff_card();
std::unique_ptr<Command> make_staff_show();
std::unique_ptr<Command> make_stand_down();
std::unique_ptr<Command> make_step();
std::unique_ptr<Command> make_tell();
std::unique_ptr<Command> make_unlock();

namespace {

// Prepare, Respond, Afterwards, Responder, Infrastructure, Scripts: keep each group together.
constexpr auto kCommands = std::to_array<Entry>({
    {"Prepare", "init", "Make an organisation's folder, its keys and its first coordinator",
     "tocsin init --organisation \"St Elsewhere\" --coordinator \"Dr A. Okafor\"\n"
     "tocsin init --organisation Test --coordinator Me --no-passphrase",
     make_init},
    {"Prepare", "unlock", "Keep the coordinator's key in the kernel's keyring for a while",
     "tocsin unlock\ntocsin unlock --for 45min\ntocsin unlock --forget", make_unlock},
    {"Prepare", "check", "Say everything that is wrong with a playbook",
     "tocsin check playbooks/mass-casualty.yaml\ntocsin check --json playbooks/*.yaml", make_check},
    {"Prepare", "channel list", "Show who can read each channel, and which are configured",
     "tocsin channel list\ntocsin channel list --json", make_channel_list},
    {"Prepare", "channel test", "Write to people over one channel, and say whom that reaches",
     "tocsin channel test telegram --person \"Ana Bell\"\n"
     "tocsin channel test sms --sample 20 --wait 30min\n"
     "tocsin channel test email --everyone --dry-run",
     make_channel_test},
    {"Prepare", "staff import", "Bring the staff in from a CSV file",
     "tocsin staff import esr.csv --dry-run\n"
     "tocsin staff import staff.csv --mapping ours.yaml\n"
     "tocsin staff import staff.csv --map name=\"First Name\" --map name=\"Last Name\"",
     make_staff_import},
    {"Prepare", "staff list", "Show who is on the roster and how they can be reached",
     "tocsin staff list --role anaesthetist\ntocsin staff list --skill als --json",
     make_staff_list},
    {"Prepare", "staff show", "Show all that is known of one person",
     "tocsin staff show 20012345\ntocsin staff show \"Ana Bell\" --reveal", make_staff_show},
    {"Prepare", "staff card", "Print what staff must know before the night",
     "tocsin staff card mass-casualty.yaml\n"
     "tocsin staff card mass-casualty.yaml --vcard > incident-calls.vcf",
     make_staff_card},
    {"Prepare", "staff invite", "Give one person a one-time code for a device or an account",
     "tocsin staff invite \"Ana Bell\"\ntocsin staff invite 20012345 --for 24h --json\n"
     "tocsin staff invite \"Ana Bell\" --channel telegram",
     make_staff_invite},
    {"Prepare", "staff enrolled", "Show enrolled devices, and accept those that wait",
     "tocsin staff enrolled\ntocsin staff enrolled --accept\ntocsin staff enrolled --reviewed",
     make_staff_enrolled},
    {"Prepare", "staff linked", "Show accounts at messengers, and hear who links one",
     "tocsin staff linked\ntocsin staff linked --channel telegram --wait 30min", make_staff_linked},
    {"Prepare", "staff revoke", "Shut out a lost device, or all devices of a person",
     "tocsin staff revoke \"Ana Bell\" --reason \"phone lost on the bus\"\n"
     "tocsin staff revoke \"Ana Bell\" --channel telegram",
     make_staff_revoke},
    {"Prepare", "staff history", "Show who was called how often of late, and in which nights",
     "tocsin staff history\ntocsin staff history \"Ana Bell\" --json", make_staff_history},
    {"Prepare", "rota import", "Bring the rota in from CSV or iCalendar files",
     "tocsin rota import nurses.csv oncall.ics\ntocsin rota import locums.csv --keep "
     "--skip-unknown",
     make_rota_import},
    {"Prepare", "rota diff", "Say what an import would change, person by person",
     "tocsin rota diff december.csv\ntocsin rota diff oncall.ics --keep --json", make_rota_diff},
    {"Prepare", "rota list", "List who is on duty, on call or absent between two times",
     "tocsin rota list --ward resus --until +48h\n"
     "tocsin rota list --from 'Sunday 04:00' --until +12h --duty on-call --json",
     make_rota_list},
    {"Prepare", "rota show", "Show the rota of one person, one day or one role",
     "tocsin rota show \"Ana Bell\"\ntocsin rota show 2026-11-22\n"
     "tocsin rota show anaesthetist --ics > anaesthetists.ics",
     make_rota_show},
    {"Prepare", "rota on-call", "Say who is on call, now or at another time",
     "tocsin rota on-call --role anaesthetist\ntocsin rota on-call --at 'Sunday 04:00' --json",
     make_rota_on_call},
    {"Prepare", "rota override", "Change the rota for a while, with a reason",
     "tocsin rota override \"Ana Bell\" --duty absent --until 08:00 --reason sick\n"
     "tocsin rota override 20012345 --duty on-call --until +12h --reason swap\n"
     "tocsin rota override --remove 3",
     make_rota_override},
    {"Prepare", "rota words", "Say what the words of your rota system mean",
     "tocsin rota words\n"
     "tocsin rota words set \"Zero hour\" absent\n"
     "tocsin rota words set LD on-duty --from 07:30 --until 20:00",
     make_rota_words},
    {"Prepare", "plan", "Say whom a call would wake, and which posts it could not fill",
     "tocsin plan playbooks/mass-casualty.yaml --at 'Sunday 04:00'\n"
     "tocsin plan playbooks/mass-casualty.yaml --at 'Sunday 04:00' --json",
     make_plan},
    {"Prepare", "doctor", "Say what would go wrong on the night, before it",
     "tocsin doctor\n"
     "tocsin doctor --playbook playbooks/mass-casualty.yaml --at 'Sunday 04:00'",
     make_doctor},
    {"Prepare", "drill", "Exercise a playbook with simulated staff, on the live path",
     "tocsin drill playbooks/mass-casualty.yaml --staff 1200 --seed 1\n"
     "tocsin drill playbooks/shift-cover.yaml --at 'Sunday 04:00' --json",
     make_drill},
    {"Respond", "declare", "Open an incident",
     "tocsin declare playbooks/it-outage.yaml --exercise --reason spring --dry-run\n"
     "tocsin declare playbooks/mass-casualty.yaml --real --reason \"bus fire\" --run",
     make_declare},
    {"Respond", "run", "Drive an incident until it is over",
     "tocsin run\ntocsin run --relay 0.0.0.0:8440\ntocsin run --incident EX-20261122-2240 --json",
     make_run},
    {"Respond", "step", "Drive an incident once, for scripts",
     "tocsin step\nuntil tocsin step; do sleep 10; done", make_step},
    {"Respond", "board", "Show how an incident stands, now or at an earlier time",
     "tocsin board\ntocsin board --watch\ntocsin board --at 22:55 --json", make_board},
    {"Respond", "need", "Change how many are needed in a post",
     "tocsin need\ntocsin need resus trauma-nurse 10 --by +30min --reason \"four more P1\"",
     make_need},
    {"Respond", "phone", "Work through the switchboard's list of people to ring",
     "tocsin phone\ntocsin phone --print > sheet.txt\ntocsin phone --next --json\n"
     "tocsin phone 20012345 --answer coming --eta 25",
     make_phone},
    {"Respond", "reply", "Record an answer that came by word of mouth",
     "tocsin reply \"Ana Bell\" coming --eta 25\ntocsin reply 20012345 later --from 07:00\n"
     "tocsin reply bell arrived",
     make_reply},
    {"Respond", "assign", "Put a person in a post",
     "tocsin assign \"Ana Bell\" resus/trauma-nurse --reason \"the team leader asked\"",
     make_assign},
    {"Respond", "release", "Let a person go", "tocsin release \"Ana Bell\" --reason \"unwell\"",
     make_release},
    {"Respond", "tell", "Send a message of your own to those concerned",
     "tocsin tell coming \"north entrance only\"\ntocsin tell area:resus \"second team at "
     "23:30\"",
     make_tell},
    {"Respond", "decide", "Write into the decision log",
     "tocsin decide \"divert P3 to the community hospital\" --reason \"minors full\"", make_decide},
    {"Respond", "explain", "Say why a person was or was not called, or why a post is not full",
     "tocsin explain \"Ana Bell\"\ntocsin explain resus/trauma-nurse --at 22:55", make_explain},
    {"Respond", "stand-down", "End an incident, and tell everybody concerned",
     "tocsin stand-down --reason \"last patient through theatre\"", make_stand_down},
    {"Afterwards", "record verify", "Check that a record is whole, and name what is not",
     "tocsin record verify\ntocsin record verify MI-20261122-2240 --head 3f6c0e1d9ab24c57",
     make_record_verify},
    {"Afterwards", "record export", "Print a record as JSON lines, for an inquiry",
     "tocsin record export MI-20261122-2240 > record.jsonl", make_record_export},
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
     "tocsin relay --listen 127.0.0.1:0 --store relay.db --organisation KEY\n"
     "tocsin relay --show-organisation\n"
     "tocsin relay --show-hook sms",
     make_relay},
    {"Scripts", "allocate", "Find the best allocation of responders to posts",
     "tocsin allocate --problem tonight.yaml\ntocsin allocate --problem tonight.json --json",
     make_allocate},
    {"Scripts", "completion", "Print a completion script for bash, zsh or fish",
     "tocsin completion bash > ~/.local/share/bash-completion/completions/tocsin", make_completion},
});

}  // namespace

std::span<const Entry> commands() { return kCommands; }

}  // namespace tocsin::cli
