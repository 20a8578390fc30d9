// tocsin tell: sends a coordinator's own words, sealed, to an area, a role, everybody who is
// coming, or one person.
#include "command.h"
#include "incident/state/find.h"
#include "order.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using control::Access;
using control::Session;
using incident::State;

class Tell final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("whom", whom_, "area:AREA, role:ROLE, coming, asked, or a person")
        ->type_name("WHOM")
        ->required();
    app.add_option("text", text_, "The words, without anything about a patient")
        ->type_name("TEXT")
        ->required();
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    const std::string text = incident::words_of(text_, "the text");
    Session session = open_incident(context, label_, Access::act);
    act(context, session, [&](const State& state) {
      return incident::tell(state, incident::find_hearers(state, whom_), text, context.clock.now(),
                            session.random());
    });
    return Exit::done;
  }

 private:
  std::string whom_, text_, label_;
};

}  // namespace

std::unique_ptr<Command> make_tell() { return std::make_unique<Tell>(); }

}  // namespace tocsin::cli
