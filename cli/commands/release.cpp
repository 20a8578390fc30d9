// tocsin release: takes somebody out of their post for the rest of the incident.
#include "command.h"
#include "incident/state/find.h"
#include "order.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using control::Access;
using control::Session;
using incident::State;

class Release final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("person", person_, "An id, or enough of a name")
        ->type_name("PERSON")
        ->required();
    app.add_option("--reason", reason_, "Why, for the record")->type_name("TEXT")->required();
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    const std::string why = incident::words_of(reason_, "--reason");
    Session session = open_incident(context, label_, Access::act);
    act(context, session, [&](const State& state) {
      return incident::release(state, incident::find_person(state, person_), why);
    });
    return Exit::done;
  }

 private:
  std::string person_, reason_, label_;
};

}  // namespace

std::unique_ptr<Command> make_release() { return std::make_unique<Release>(); }

}  // namespace tocsin::cli
