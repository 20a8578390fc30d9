// tocsin stand-down: ends an incident. Everybody concerned is told.
#include <fmt/format.h>

#include "base/fault.h"
#include "command.h"
#include "order.h"
#include "record/history.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using control::Access;
using control::Session;
using incident::State;

class StandDown final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--reason", reason_, "Why, for the record")->type_name("TEXT")->required();
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    const std::string why = incident::words_of(reason_, "--reason");
    Session session = open_incident(context, label_, Access::act);
    const incident::Order order = carry_out(
        context, session, [&](const State& state) { return incident::stand_down(state, why); });
    if (session.state().has_ended()) learn(context, session);
    report(context, session, order);
    return Exit::done;
  }

 private:
  // The incident has ended whatever ails this file.
  static void learn(Context& context, Session& session) {
    try {
      record::remember_night(session.home(), session.keys().store, session.state(),
                             session.random());
    } catch (const base::Fault& fault) {
      context.out.note(
          fmt::format("nothing is learned from this night: {}; {}", fault.what(), fault.hint()));
    }
  }

  std::string reason_, label_;
};

}  // namespace

std::unique_ptr<Command> make_stand_down() { return std::make_unique<StandDown>(); }

}  // namespace tocsin::cli
