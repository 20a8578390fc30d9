// tocsin respond answer: answers coming, later, last resort or no, and later arrived or leaving.
#include <fmt/format.h>

#include "command.h"
#include "input/when.h"
#include "respond.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using incident::Answer;

class AnswerCommand final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("message", message_, "Its number in the inbox")
        ->type_name("MESSAGE")
        ->required();
    app.add_option("answer", answer_, "coming, later, last-resort, no, arrived or leaving")
        ->type_name("ANSWER")
        ->required()
        ->one_of({"coming", "later", "last-resort", "no", "arrived", "leaving"});
    app.add_option("--eta", eta_, "With coming: minutes until you are there")->type_name("MINUTES");
    app.add_option("--from", from_, "With later: from when you can come")->type_name("TIME");
    add_spool_option(app, spool_);
  }

  Exit run(Context& context) override {
    const incident::Reply reply = read(context);
    device::Terminal terminal = open_terminal(context, spool_);
    const auto letter = terminal.find(message_);
    if (!letter)
      throw Fault(Exit::usage, fmt::format("there is no message {}", message_),
                  "\"tocsin respond inbox\" lists them; it may have expired");
    // What has come since may say that the incident has ended, or that this device is none.
    if (!context.dry_run && terminal.fetch(std::chrono::seconds{0}).was_revoked)
      throw Fault(Exit::untrusted, "your organisation has taken this device off its list",
                  "ask for a new invitation if that was a mistake");
    return send_answer(context, terminal, *letter, reply);
  }

 private:
  incident::Reply read(const Context& context) const {
    const Answer answer = *incident::answer_from_text(answer_);
    if (eta_.empty() != (answer != Answer::coming))
      throw Fault(Exit::usage, eta_.empty() ? "when will you be there?" : "--eta goes with coming",
                  "tocsin respond answer 1 coming --eta 25");
    if (from_.empty() != (answer != Answer::later))
      throw Fault(Exit::usage, from_.empty() ? "from when can you come?" : "--from goes with later",
                  "tocsin respond answer 1 later --from 07:00");
    if (answer == Answer::coming) return {answer, arrival_in(context, eta_)};
    if (answer != Answer::later) return {answer, std::nullopt};
    return {answer, when(from_, context.clock.now())};
  }

  std::string message_;
  std::string answer_;
  std::string eta_;
  std::string from_;
  std::string spool_;
};

}  // namespace

std::unique_ptr<Command> make_respond_answer() { return std::make_unique<AnswerCommand>(); }

}  // namespace tocsin::cli
