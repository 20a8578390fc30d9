// tocsin step: decides and sends once what is due, for scripts and timers.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/counted.h"
#include "command.h"
#include "control/drive.h"
#include "drive.h"
#include "incident/view/narrate.h"
#include "order.h"
#include "screen/incident/board_view.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using control::Driving;
using control::Session;

class StepCommand final : public Command {
 public:
  void describe(Options& app) override { add_incident_option(app, label_); }

  Exit run(Context& context) override {
    if (context.dry_run)
      throw Fault(Exit::usage, "step sends what is due, and a dry run never sends",
                  "\"tocsin board\" shows what would be sent");
    Session session = open_incident(context, label_, control::Access::act);
    control::Wiring wiring;
    wiring.listen = channel::Listen::when_asked;
    auto lease = take_lease(context, session);
    if (!lease) return Exit::driven;
    Driving driving(session, context.clock, std::move(wiring), std::move(lease));
    std::uint64_t seen = session.journal().size();
    if (control::drive_until_quiet(driving) == control::Ending::superseded)
      return say_superseded(context, session);
    const auto events = incident::events_after(session.ledger(), seen);
    const incident::Board board = incident::board(session.state(), context.clock.now());
    const std::string trouble = driving.trouble();
    if (context.json)
      print_json(context, session, events, board, driving.wake(), trouble);
    else
      print_text(context, session, events, board, driving.wake());
    if (!trouble.empty()) context.out.note(trouble);
    session.close_if_over();
    return trouble.empty() ? exit_of(board) : Exit::unreachable;
  }

 private:
  static void print_json(Context& context, Session& session,
                         const std::vector<incident::Event>& events, const incident::Board& board,
                         std::optional<base::Instant> wake, const std::string& trouble) {
    auto happened = nlohmann::json::array();
    for (const incident::Event& event : events) happened.push_back(incident::to_json(event));
    context.out.json(
        {{"incident", session.state().declared.label},
         {"events", happened},
         {"posts", {{"required", board.seats.required}, {"filled", board.seats.filled}}},
         {"phone_list", board.phone_list},
         {"unsent", board.unsent},
         {"wake", wake ? nlohmann::json(base::to_rfc3339(*wake)) : nlohmann::json()},
         {"trouble", trouble}});
  }

  static void print_text(Context& context, Session& session,
                         const std::vector<incident::Event>& events, const incident::Board& board,
                         std::optional<base::Instant> wake) {
    for (const std::string& line : incident::narrate(session.state(), events))
      context.out.line(line);
    context.out.line(fmt::format(
        "{} of {} filled{}{}", board.seats.filled,
        base::counted(board.seats.required, "post", "posts"),
        board.phone_list > 0 ? fmt::format(", {} to ring with \"tocsin phone\"", board.phone_list)
                             : "",
        wake ? ", next step due at " + base::local_clock(*wake) : ""));
  }

  std::string label_;
};

}  // namespace

std::unique_ptr<Command> make_step() { return std::make_unique<StepCommand>(); }

}  // namespace tocsin::cli
