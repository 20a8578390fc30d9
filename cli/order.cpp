#include "order.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "incident/loop/telling.h"
#include "input/opening.h"
#include "input/when.h"

namespace tocsin::cli {

void add_incident_option(Options& app, std::string& label) {
  app.add_option("--incident", label, "Which incident, when more than one is open")
      ->type_name("LABEL");
}

control::Session open_incident(const Context& context, const std::string& label,
                               control::Access access, const std::string& at) {
  home::Home home = open_home(context);
  home::Unlocked keys = unlock(context, home);
  control::Wanted wanted{label, access};
  // Read only once the home is open, because times are local to it.
  if (!at.empty())
    wanted.at = [&](base::Instant declared) { return since(at, declared, context.clock.now()); };
  wanted.note = [&](const std::string& words) { context.out.note(words); };
  return control::Session(std::move(home), std::move(keys), wanted, context.clock);
}

void note_end(const Context& context, const std::string& label, const incident::State& state) {
  if (label.empty() && state.has_ended())
    context.out.note(fmt::format("no incident is open; {} ended at {}",
                                 base::printable(state.declared.label),
                                 base::local_stamp(*state.ended_at)));
}

void note_unwritten_end(const Context& context, const incident::State& state) {
  if (incident::hears_of_the_end_later(state))
    context.out.note(
        "not everybody who has to hear of the end is on this sheet: \"tocsin run\" or \"tocsin "
        "step\" "
        "writes to them first");
}

incident::Order carry_out(const Context& context, control::Session& session,
                          const control::Session::Make& order) {
  return context.dry_run ? order(session.state()) : session.carry_out(order);
}

void report(Context& context, control::Session& session, const incident::Order& order) {
  const bool changed = !order.events.empty();
  const bool driven = changed && !context.dry_run && session.is_driven();
  const std::string said = changed && context.dry_run ? "would record: " + order.said : order.said;
  if (context.json) {
    context.out.json({{"incident", session.state().declared.label},
                      {"changed", changed && !context.dry_run},
                      {"said", base::printable(said)},
                      {"driven", driven}});
    return;
  }
  context.out.line(base::printable(said));
  if (changed && context.dry_run)
    context.out.note("nothing was changed or sent: this is a dry run");
  else if (changed && !driven)
    context.out.note(
        "nobody drives this incident: \"tocsin run\" or \"tocsin step\" sends what follows");
}

void act(Context& context, control::Session& session, const control::Session::Make& order) {
  report(context, session, carry_out(context, session, order));
}

}  // namespace tocsin::cli
