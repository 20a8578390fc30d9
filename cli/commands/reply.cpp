// tocsin reply: records an answer that somebody gave in person.
#include <fmt/format.h>

#include "command.h"
#include "incident/coordinator/switchboard.h"
#include "incident/state/find.h"
#include "order.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using control::Access;
using control::Session;
using incident::Answer;
using incident::State;

class Reply final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("person", person_, "An id, or enough of a name")
        ->type_name("PERSON")
        ->required();
    app.add_option("answer", answer_, "coming, later, last-resort, no, arrived or leaving")
        ->type_name("ANSWER")
        ->required();
    app.add_option("--eta", eta_, "coming: in so many minutes; else the journey from home")
        ->type_name("MINUTES");
    app.add_option("--from", from_, "later: from when, such as 07:00")->type_name("TIME");
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    Session session = open_incident(context, label_, Access::act);
    const base::Instant now = context.clock.now();
    const incident::Reply reply = parse(now);
    act(context, session, [&](const State& state) {
      return incident::reply_for(state, incident::find_person(state, person_), reply,
                                 incident::kHand, now, session.random());
    });
    return Exit::done;
  }

 private:
  incident::Reply parse(base::Instant now) const {
    const auto answer = incident::answer_from_text(answer_);
    if (!answer || *answer == Answer::seen)
      throw Fault(Exit::usage, fmt::format("\"{}\" is not an answer", answer_),
                  "coming, later, last-resort, no, arrived or leaving");
    return incident::reply_of(*answer, eta_, from_, now);
  }

  std::string person_, answer_, eta_, from_, label_;
};

}  // namespace

std::unique_ptr<Command> make_reply() { return std::make_unique<Reply>(); }

}  // namespace tocsin::cli
