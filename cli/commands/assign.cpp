// tocsin assign: puts a person in a post, by a coordinator's order.
#include "command.h"
#include "incident/state/find.h"
#include "order.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using control::Access;
using control::Session;
using incident::State;

class Assign final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("person", person_, "An id, or enough of a name")
        ->type_name("PERSON")
        ->required();
    app.add_option("post", post_, "AREA/ROLE, or AREA/ROLE/SHIFT")->type_name("POST")->required();
    app.add_option("--reason", reason_, "Why, for the record")->type_name("TEXT")->required();
    app.add_flag("--override-rest", overrides_.rest,
                 "Even though their rest is broken; what is owed is recorded");
    app.add_flag("--override-skills", overrides_.skills,
                 "Even though they lack what the post asks for");
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    const std::string why = incident::words_of(reason_, "--reason");
    Session session = open_incident(context, label_, Access::act);
    act(context, session, [&](const State& state) {
      return incident::assign(state, incident::find_person(state, person_),
                              incident::find_post(state, post_), overrides_, why,
                              context.clock.now());
    });
    return Exit::done;
  }

 private:
  std::string person_, post_, reason_, label_;
  incident::Overrides overrides_;
};

}  // namespace

std::unique_ptr<Command> make_assign() { return std::make_unique<Assign>(); }

}  // namespace tocsin::cli
