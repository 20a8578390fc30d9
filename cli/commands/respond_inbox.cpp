// tocsin respond inbox: shows messages: is this real, am I needed, where, by when?
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "respond.h"
#include "screen/letter.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using device::Fetched;
using device::OpenLetter;
using device::Terminal;

class Inbox final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--wait", wait_, "Wait up to so many seconds for a message")
        ->type_name("SECONDS")
        ->between(0, 86'400)
        ->capture_default_str();
    add_spool_option(app, spool_);
  }

  Exit run(Context& context) override {
    Terminal terminal = open_terminal(context, spool_);
    const bool was_listed = terminal.home().enrolment().list > 0;
    const Fetched fetched =
        context.dry_run ? Fetched{} : terminal.fetch_within(std::chrono::seconds{wait_});
    if (fetched.was_revoked) throw shut_out(was_listed);
    say(context, terminal, fetched);
    const std::vector<OpenLetter> letters = terminal.letters();
    print(context, terminal, letters, fetched);
    context.out.flush();
    if (!context.dry_run) terminal.say_seen(letters);
    if (fetched.trouble.empty()) return Exit::done;
    throw Fault(Exit::unreachable, fetched.trouble, "what is shown is what had come before");
  }

 private:
  static Fault shut_out(bool was_listed) {
    if (!was_listed)
      return {Exit::untrusted, "this device is not accepted: its invitation was used on another",
              "ask for a new invitation"};
    return {Exit::untrusted,
            "your organisation has taken this device off its list: its key and its messages are "
            "destroyed",
            "ask for a new invitation if that was a mistake"};
  }

  static void say(Context& context, const Terminal& terminal, const Fetched& fetched) {
    if (fetched.was_accepted)
      context.out.note(fmt::format("{} has accepted this device",
                                   base::printable(terminal.home().enrolment().organisation_name)));
    if (fetched.refused > 0)
      context.out.note(fmt::format(
          "{} not from a coordinator of this organisation: not shown. Do not act on others like it",
          fetched.refused == 1 ? "a message is" : fmt::format("{} messages are", fetched.refused)));
  }

  static void print(Context& context, const Terminal& terminal,
                    const std::vector<OpenLetter>& letters, const Fetched& fetched) {
    const home::Enrolment& enrolment = terminal.home().enrolment();
    if (context.json) {
      nlohmann::json messages = nlohmann::json::array();
      for (const OpenLetter& letter : letters) messages.push_back(letter_json(letter));
      context.out.json({{"accepted", enrolment.accepted()},
                        {"organisation", enrolment.organisation_name},
                        {"messages", messages},
                        {"refused", fetched.refused}});
      return;
    }
    if (!enrolment.accepted())
      context.out.line("This device is not accepted yet: nobody can call it in.");
    if (letters.empty()) context.out.line("No messages.");
    for (const OpenLetter& letter : letters)
      for (const std::string& line : letter_lines(
               context.out, letter, enrolment.organisation_name,
               letter.waits_for_answer(context.clock.now()) && !terminal.has_ended(letter)))
        context.out.line(line);
  }

  int wait_ = 0;
  std::string spool_;
};

}  // namespace

std::unique_ptr<Command> make_respond_inbox() { return std::make_unique<Inbox>(); }

}  // namespace tocsin::cli
