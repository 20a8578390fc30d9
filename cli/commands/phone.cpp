// tocsin phone: the switchboard's list. On a terminal an answer is one key. Scripts take the next
// number and record the answer. A printed sheet is for paper and pen.
#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "command.h"
#include "incident/coordinator/switchboard.h"
#include "incident/state/find.h"
#include "incident/state/reach.h"
#include "order.h"
#include "screen/incident/call_sheet.h"
#include "screen/incident/switchboard.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using control::Access;
using control::Session;
using incident::State;

class Phone final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("person", person_, "Who answered, with --answer")->type_name("PERSON");
    auto* next = app.add_flag("--next", next_, "Take the next number, and print it");
    auto* print = app.add_flag("--print", print_, "Print a call sheet for paper and pen");
    auto* answer = app.add_option("--answer", answer_,
                                  "coming, later, last-resort, no, told, no-answer or wrong-number")
                       ->type_name("ANSWER");
    app.add_option("--eta", eta_, "coming: in so many minutes; else the journey from home")
        ->type_name("MINUTES");
    app.add_option("--from", from_, "later: from when, such as 07:00")->type_name("TIME");
    auto* call = app.add_option("--call", call_, "In which call: its number, as --next printed it")
                     ->type_name("NUMBER");
    app.add_option("--sheet", sheet_, "By the printed sheet of this number")
        ->type_name("NUMBER")
        ->excludes(call);
    add_incident_option(app, label_);
    next->excludes(print)->excludes(answer);
    print->excludes(answer);
  }

  Exit run(Context& context) override {
    if (answer_.empty() != person_.empty())
      throw Fault(Exit::usage, "an answer needs a person, and a person an answer",
                  "such as: tocsin phone 20012345 --answer coming --eta 25");
    if (print_) return print_sheet(context);
    Session session = open_incident(context, label_, Access::ring);
    note_end(context, label_, session.state());
    if (next_) return take_next(context, session);
    if (!answer_.empty()) return take_answer(context, session);
    if (!context.out.is_terminal() || ::isatty(STDIN_FILENO) != 1 || context.json ||
        context.dry_run)
      throw Fault(Exit::usage, "the switchboard's keys need a terminal",
                  "--next and --answer are for scripts, --print is for paper");
    return Switchboard(context.out, session, context.clock).work();
  }

 private:
  static Exit take_next(Context& context, Session& session) {
    const auto call = context.dry_run
                          ? incident::take_call(session.state(), context.clock.now()).call
                          : take_call(session, context.clock);
    const State& state = session.state();
    if (context.json) {
      context.out.json({{"incident", state.declared.label},
                        {"call", call ? call_json(state, *call) : nlohmann::json()},
                        {"left", incident::calls(state, context.clock.now()).size()}});
      return Exit::done;
    }
    if (!call)
      context.out.line("nobody waits to be rung");
    else
      for (const std::string& line : call_lines(context.out, state, *call)) context.out.line(line);
    return Exit::done;
  }

  Exit take_answer(Context& context, Session& session) const {
    const base::Instant now = context.clock.now();
    const incident::SpokenAnswer spoken{answer_, eta_, from_, call_, sheet_};
    const incident::Order order = carry_out(context, session, [&](const State& state) {
      return incident::take_answer(state, incident::find_person(state, person_), spoken, now,
                                   session.random());
    });
    if (!context.dry_run) note_numbers(context.out, session, order);
    report(context, session, order);
    return Exit::done;
  }

  Exit print_sheet(Context& context) const {
    const Session session = open_incident(context, label_, Access::read);
    const base::Instant now = context.clock.now();
    note_end(context, label_, session.state());
    note_unwritten_end(context, session.state());
    if (context.json)
      context.out.json(sheet_json(session.state(), now));
    else
      for (const std::string& line : sheet_lines(session.state(), now)) context.out.line(line);
    return Exit::done;
  }

  std::string person_, answer_, eta_, from_, call_, sheet_, label_;
  bool next_ = false, print_ = false;
};

}  // namespace

std::unique_ptr<Command> make_phone() { return std::make_unique<Phone>(); }

}  // namespace tocsin::cli
