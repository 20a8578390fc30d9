// tocsin declare: opens an incident from a playbook. Sends nothing; `run` and `step` do that.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/counted.h"
#include "base/text.h"
#include "command.h"
#include "control/declaration.h"
#include "control/people.h"
#include "drive.h"
#include "input/opening.h"
#include "input/playbook_file.h"
#include "playbook/judging/judge.h"
#include "record/journals.h"
#include "screen/incident/first_wave.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using incident::State;

class Declare final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("playbook", file_, "The playbook")->type_name("PLAYBOOK")->required();
    auto* real = app.add_flag("--real", real_, "This is a real incident");
    app.add_flag("--exercise", exercise_, "This is an exercise, and everybody is told so")
        ->excludes(real);
    app.add_option("--reason", reason_, "What happened, for the record")
        ->type_name("TEXT")
        ->required();
    app.add_flag("--run", run_, "Drive it at once, as tocsin run does");
    app.add_option("--relay", relay_, "With --run: serve the mailboxes here too")
        ->type_name("ADDR:PORT");
  }

  Exit run(Context& context) override {
    if (real_ == exercise_)
      throw Fault(Exit::usage, "say whether this is real", "--real or --exercise");
    const std::string reason = incident::words_of(reason_, "--reason");
    playbook::Reading reading = read_playbook(file_);
    home::Home home = open_home(context);
    home::Unlocked keys = unlock(context, home);
    const roster::Roster roster = control::need_roster(home, keys.store);
    warn_of_gaps(context, reading, roster);

    incident::Declared declared;
    seal::Entropy random;
    declared.incident = seal::random_message_id(random);
    declared.realness = real_ ? seal::Realness::real : seal::Realness::exercise;
    declared.label =
        control::free_label(declared.realness, context.clock.now(), record::incidents(home, keys));
    declared.reason = reason;
    declared.playbook_file = file_;
    declared.set_playbook(std::move(reading.playbook));
    if (context.dry_run) {
      const control::FirstPass first(
          control::declaration(home, keys, std::move(declared), roster, context.clock.now()), keys,
          context.clock, random);
      print_first_wave(context.out, context.json ? Form::json : Form::text, first.state());
      return Exit::done;
    }
    const auto session = control::declare(std::move(home), std::move(keys), std::move(declared),
                                          roster, context.clock);
    print(context, session->state());
    if (!run_) return Exit::done;
    context.out.flush();
    return drive(context, *session, relay_);
  }

 private:
  // Notes skills that nobody on the roster has. That is no reason to refuse a declaration.
  static void warn_of_gaps(Context& context, const playbook::Reading& reading,
                           const roster::Roster& roster) {
    playbook::RosterWords words;
    for (const auto& skill : roster.skills()) words.skills.emplace(skill.str());
    for (const auto& group : roster.staff_groups()) words.staff_groups.emplace(group.str());
    document::Findings findings;
    playbook::judge(reading, findings, &words);
    for (const document::Finding& finding : findings.sorted())
      if (finding.severity == document::Severity::error)
        context.out.note(fmt::format("{}:{}: {}", finding.file, finding.line, finding.message));
  }

  static void print(Context& context, const State& state) {
    const bool real = state.declared.realness == seal::Realness::real;
    if (context.json) {
      context.out.json({{"incident", state.declared.label},
                        {"id", seal::to_text(state.declared.incident)},
                        {"exercise", !real},
                        {"declared_at", base::to_rfc3339(state.declared_at)},
                        {"staff", state.roster.size()},
                        {"posts", seats_of(state)}});
      return;
    }
    Output& out = context.out;
    out.line(fmt::format(
        "{} {}  {}",
        out.paint(real ? Paint::real : Paint::exercise, real ? " REAL " : " EXERCISE "),
        out.paint(Paint::bold, state.declared.label), base::printable(state.playbook.title)));
    out.line(fmt::format("{} to fill, {} on the roster; nobody has been called yet",
                         base::counted(seats_of(state), "post", "posts"),
                         base::counted(state.roster.size(), "person", "people")));
  }

  static int seats_of(const State& state) {
    int seats = 0;
    for (const incident::Slot& slot : state.slots) seats += slot.count;
    return seats;
  }

  std::string file_, reason_, relay_;
  bool real_ = false, exercise_ = false, run_ = false;
};

}  // namespace

std::unique_ptr<Command> make_declare() { return std::make_unique<Declare>(); }

}  // namespace tocsin::cli
