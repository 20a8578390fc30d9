// tocsin board: shows an incident on one screen, now or at an earlier time.
#include "incident/view/board.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "incident/coordinator/verdict.h"
#include "order.h"
#include "screen/incident/driver_line.h"
#include "screen/incident/offer_view.h"
#include "screen/incident/prompt_keys.h"
#include "screen/terminal.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using control::Access;
using control::Session;

class BoardCommand final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--at", at_, "As it was then: 22:55")->type_name("TIME");
    app.add_flag("--watch", watch_, "Stay, and follow; q leaves");
    app.add_flag("--offers", offers_, "Only the offers that wait, the most helpful first");
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    if (watch_ && (!at_.empty() || offers_ || context.json || !context.out.is_terminal()))
      throw Fault(Exit::usage, "--watch is for a terminal, and for the present",
                  "leave it out: a script asks again");
    Session session = open_incident(context, label_, Access::read, at_);
    if (watch_) return watch(context, session);
    const base::Instant now = session.at().value_or(context.clock.now());
    if (offers_) return list_offers(context, session.state(), now);
    if (context.json) {
      context.out.json(live_board_json(session, now));
      return Exit::done;
    }
    // Without a terminal every area has its line.
    const bool paged = context.out.is_terminal();
    for (const std::string& line :
         live_board_lines(session, now, context.out, paged ? context.out.columns() : 100,
                          paged ? context.out.rows() - 1 : 10'000))
      context.out.line(line);
    return Exit::done;
  }

 private:
  Exit watch(Context& context, Session& session) {
    Terminal terminal(Page::whole, Keys::single);
    PromptKeys keys;
    std::string said;
    for (;;) {
      session.ledger().catch_up();
      auto lines = live_board_lines(session, context.clock.now(), context.out, terminal.columns(),
                                    terminal.rows() - 1);
      const std::string hint = keys.hint();
      lines.push_back(base::fit(base::printable(hint.empty() ? said : hint), terminal.columns()));
      terminal.draw(lines);
      // The board's clock moves once a second, but new events are shown at once.
      for (int tenth = 0; tenth < 10; ++tenth) {
        const Heard heard = terminal.wait(base::Milliseconds{100});
        if (heard.stop || heard.key == 'q') return Exit::done;
        if (heard.key) {
          if (const auto pressed = keys.press(*heard.key)) said = answer(context, *pressed);
          break;
        }
        if (heard.resized || session.journal().has_news()) break;
      }
    }
  }

  // Only this function acts, and it needs a coordinator's key.
  std::string answer(Context& context, const PromptAnswer& answer) const {
    try {
      Session session = open_incident(context, label_, Access::act);
      return cli::carry_out(
                 context, session,
                 [&](const incident::State& state) {
                   return incident::answer_prompt(
                       state, answer.number, answer.verdict,
                       answer.verdict == incident::Verdict::declined ? kDeclinedOnBoard : "",
                       context.clock.now(), session.random());
                 })
          .said;
    } catch (const Fault& fault) {
      return fault.what();
    }
  }

  static Exit list_offers(Context& context, const incident::State& state, base::Instant now) {
    const auto offers = incident::offers(state);
    if (context.json) {
      context.out.json(offers_json(state, offers, now));
      return Exit::done;
    }
    for (const std::string& line : offer_lines(context.out, state, offers)) context.out.line(line);
    if (offers.empty()) context.out.note("no offer waits");
    return Exit::done;
  }

  std::string at_, label_;
  bool watch_ = false;
  bool offers_ = false;
};

}  // namespace

std::unique_ptr<Command> make_board() { return std::make_unique<BoardCommand>(); }

}  // namespace tocsin::cli
