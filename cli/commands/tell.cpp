// tocsin tell: sends a coordinator's own words, sealed, to an area, a role, everybody who is
// coming, or one person.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "incident/state/find.h"
#include "incident/view/receipts.h"
#include "order.h"
#include "screen/terminal.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using control::Access;
using control::Session;
using incident::State;

class Tell final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("whom", whom_, "area:AREA, role:ROLE, coming, asked, or a person")
        ->type_name("WHOM")
        ->required();
    app.add_option("text", text_, "The words, without anything about a patient")
        ->type_name("TEXT")
        ->required();
    app.add_option("--wait", wait_, "Wait up to so many seconds for receipts, and count them")
        ->type_name("SECONDS")
        ->between(0, 86'400);
    add_incident_option(app, label_);
  }

  Exit run(Context& context) override {
    const std::string text = incident::words_of(text_, "the text");
    Session session = open_incident(context, label_, Access::act);
    const incident::Order order = carry_out(context, session, [&](const State& state) {
      return incident::tell(state, incident::find_hearers(state, whom_), text, context.clock.now(),
                            session.random());
    });
    if (wait_ == kNever || context.dry_run) {
      report(context, session, order);
      return Exit::done;
    }
    if (!context.json) report(context, session, order);
    const incident::Receipts receipts = wait_for_receipts(context, session, order);
    if (context.json)
      context.out.json({{"incident", session.state().declared.label},
                        {"changed", true},
                        {"said", base::printable(order.said)},
                        {"driven", session.is_driven()},
                        {"told", receipts.told},
                        {"delivered", receipts.delivered},
                        {"not_told", receipts.not_told}});
    else
      context.out.line(fmt::format("{} told, {} delivered, {} not told", receipts.told,
                                   receipts.delivered, receipts.not_told));
    return receipts.delivered + receipts.not_told == 0 ? Exit::done : Exit::not_reached;
  }

 private:
  // Until everybody is told, the time is over, or somebody stops it.
  incident::Receipts wait_for_receipts(const Context& context, Session& session,
                                       const incident::Order& order) const {
    std::vector<seal::MessageId> messages;
    for (const incident::Body& body : order.events)
      if (const auto* issued = std::get_if<incident::Issued>(&body)) messages.push_back(issued->id);
    Terminal terminal(Page::scroll, Keys::none);
    const base::Milliseconds end = context.clock.steady() + std::chrono::seconds{wait_};
    for (;;) {
      session.ledger().catch_up();
      const incident::Receipts receipts = incident::receipts_of(session.state(), messages);
      const bool is_over = receipts.delivered + receipts.not_told == 0;
      if (is_over || context.clock.steady() >= end || terminal.wait(base::Milliseconds{100}).stop)
        return receipts;
    }
  }

  static constexpr int kNever = -1;
  int wait_ = kNever;
  std::string whom_, text_, label_;
};

}  // namespace

std::unique_ptr<Command> make_tell() { return std::make_unique<Tell>(); }

}  // namespace tocsin::cli
