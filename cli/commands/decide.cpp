// tocsin decide: answers a prompt, or writes into the decision log.
#include "base/text.h"
#include "command.h"
#include "incident/coordinator/verdict.h"
#include "order.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using control::Access;
using control::Session;

class Decide final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("decision", decision_, "What was decided; or a prompt's number, to accept it")
        ->type_name("TEXT|NUMBER")
        ->required();
    app.add_flag("--no", no_, "Decline the prompt's recommendation");
    app.add_option("--reason,--because", reason_, "Why, and what else was considered")
        ->type_name("TEXT");
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    const std::string decision = incident::words_of(decision_, "the decision");
    const std::string why = reason_.empty() ? "" : incident::words_of(reason_, "--because");
    const auto number = base::parse_count(decision, kMostPrompts);
    if (no_ && !number)
      throw Fault(Exit::usage, "--no declines a prompt",
                  "tocsin decide NUMBER --no --because TEXT");
    if (no_ && why.empty()) throw Fault(Exit::usage, "to decline needs a reason", "--because TEXT");
    Session session = open_incident(context, label_, Access::act);
    act(context, session, [&](const incident::State& state) {
      if (!number) return incident::decide(decision, why);
      return incident::answer_prompt(
          state, static_cast<std::uint64_t>(*number),
          no_ ? incident::Verdict::declined : incident::Verdict::accepted, why, context.clock.now(),
          session.random());
    });
    return Exit::done;
  }

 private:
  static constexpr std::int64_t kMostPrompts = 100'000;
  std::string decision_, reason_, label_;
  bool no_ = false;
};

}  // namespace

std::unique_ptr<Command> make_decide() { return std::make_unique<Decide>(); }

}  // namespace tocsin::cli
