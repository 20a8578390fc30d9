// tocsin stand-down: the end of an incident. Everybody concerned is told.
#include "session.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using incident::State;

class StandDown final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--reason", reason_, "Why, for the record")->type_name("TEXT")->required();
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    const std::string why = incident::words_of(reason_, "--reason");
    Session session(context, label_, Access::act);
    report(context, session, session.carry_out(context, [&](const State& state) {
      return incident::stand_down(state, why);
    }));
    return Exit::done;
  }

 private:
  std::string reason_, label_;
};

}  // namespace

std::unique_ptr<Command> make_stand_down() { return std::make_unique<StandDown>(); }

}  // namespace tocsin::cli
