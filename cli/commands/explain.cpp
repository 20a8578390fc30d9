// tocsin explain: says why somebody was or was not called, or why a post is not full.
#include "incident/view/explain.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "incident/state/find.h"
#include "order.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using control::Access;
using control::Session;
using incident::State;

class Explain final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("what", what_, "A person, or a post as AREA/ROLE")
        ->type_name("PERSON|POST")
        ->required();
    app.add_option("--at", at_, "As it was then: 22:55")->type_name("TIME");
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    Session session = open_incident(context, label_, Access::read, at_);
    const State& state = session.state();
    const base::Instant now = session.at().value_or(context.clock.now());
    std::string id;
    std::string sentence;
    const bool post = incident::names_post(what_);
    if (post) {
      const auto index = incident::find_post(state, what_);
      id = state.playbook.posts[index].id.str();
      sentence = incident::explain_post(state, index, now);
    } else {
      const auto index = incident::find_person(state, what_);
      id = state.roster[index].id.str();
      sentence = incident::explain_person(state, index, now);
    }
    if (context.json)
      context.out.json({{"incident", state.declared.label},
                        {post ? "post" : "person", id},
                        {"explanation", base::printable(sentence)}});
    else
      context.out.line(base::printable(sentence));
    return Exit::done;
  }

 private:
  std::string what_, at_, label_;
};

}  // namespace

std::unique_ptr<Command> make_explain() { return std::make_unique<Explain>(); }

}  // namespace tocsin::cli
