// tocsin declare: opens an incident from a playbook. Sends nothing; `run` and `step` do that.
#include <fmt/format.h>

#include "command.h"
#include "control/channels.h"
#include "control/declaration.h"
#include "control/people.h"
#include "drive.h"
#include "home/time_zone.h"
#include "incident/calling/rota_needs.h"
#include "input/opening.h"
#include "input/playbook_file.h"
#include "playbook/judging/judge.h"
#include "record/journals.h"
#include "screen/coverage_view.h"
#include "screen/incident/declaration_view.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

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
    app.add_flag("--override-channels", override_channels_,
                 "Although the home cannot send by one of its channels: the next is tried");
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
    if (!override_channels_)
      control::need_channels(reading.playbook, control::channels_of(home.settings(), mailboxes()));
    home::Unlocked keys = unlock(context, home);
    const roster::Roster roster = control::need_roster(home, keys.store);
    warn_of_gaps(context, reading,
                 playbook::words_of(roster, control::read_rota(home, keys.store)));

    const bool is_utc = home::is_utc_by_default(home.settings(), context.clock.now());
    seal::Entropy random;
    incident::Declared declared;
    declared.incident = seal::random_message_id(random);
    declared.realness = real_ ? seal::Realness::real : seal::Realness::exercise;
    declared.label =
        control::free_label(declared.realness, context.clock.now(), record::incidents(home, keys));
    declared.reason = reason;
    declared.playbook_file = file_;
    declared.set_playbook(std::move(reading.playbook));
    const auto note = [&](const std::string& words) { context.out.note(words); };
    if (context.dry_run) {
      const control::FirstPass first(
          control::declaration(home, keys, std::move(declared), roster, context.clock.now(), note),
          keys, context.clock, random);
      note_rota(context, first.state(), is_utc);
      print_first_wave(context.out, context.form(), first.state());
      return Exit::done;
    }
    const auto session = control::declare(std::move(home), std::move(keys), std::move(declared),
                                          roster, context.clock, note);
    note_rota(context, session->state(), is_utc);
    print_declared(context.out, context.form(), session->state());
    if (!run_) return Exit::done;
    context.out.flush();
    return drive(context, *session, relay_);
  }

 private:
  // Notes skills that nobody has, and roles for which nobody is ever on call. That is no reason to
  // refuse a declaration.
  static void warn_of_gaps(Context& context, const playbook::Reading& reading,
                           const playbook::RosterWords& words) {
    document::Findings findings;
    playbook::judge(reading, findings, &words);
    for (const document::Finding& finding : findings.sorted())
      if (finding.severity == document::Severity::error)
        context.out.note(
            fmt::format("{}:{}: {}{}", finding.file, finding.line, finding.message,
                        finding.hint.starts_with("did you mean") ? "; " + finding.hint : ""));
  }

  // Before anybody is asked by it.
  static void note_rota(Context& context, const incident::State& declared, bool is_utc) {
    note_coverage(context.out, incident::coverage(declared));
    if (is_utc && declared.rota.revision() > 0) context.out.note(kUtcTrouble);
  }

  control::Mailboxes mailboxes() const {
    return run_ && !relay_.empty() ? control::Mailboxes::served_here
                                   : control::Mailboxes::of_settings;
  }

  std::string file_, reason_, relay_;
  bool real_ = false, exercise_ = false, run_ = false, override_channels_ = false;
};

}  // namespace

std::unique_ptr<Command> make_declare() { return std::make_unique<Declare>(); }

}  // namespace tocsin::cli
