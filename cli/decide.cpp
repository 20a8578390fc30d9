// tocsin decide: an entry in the decision log.
#include "session.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class Decide final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("decision", decision_, "What was decided")->type_name("TEXT")->required();
    app.add_option("--reason", reason_, "Why, and what else was considered")->type_name("TEXT");
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    const std::string decision = incident::words_of(decision_, "the decision");
    const std::string why = reason_.empty() ? "" : incident::words_of(reason_, "--reason");
    Session session(context, label_, Access::act);
    report(context, session, session.carry_out(context, [&](const incident::State&) {
      return incident::decide(decision, why);
    }));
    return Exit::done;
  }

 private:
  std::string decision_, reason_, label_;
};

}  // namespace

std::unique_ptr<Command> make_decide() { return std::make_unique<Decide>(); }

}  // namespace tocsin::cli
