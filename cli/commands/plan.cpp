// tocsin plan: says whom a call at a given time would wake, and which posts it could not fill.
// Sends nothing.
#include "incident/loop/plan.h"

#include "command.h"
#include "control/channels.h"
#include "control/declaration.h"
#include "control/people.h"
#include "home/time_zone.h"
#include "input/opening.h"
#include "input/playbook_file.h"
#include "input/when.h"
#include "screen/coverage_view.h"
#include "screen/incident/plan_view.h"
#include "seal/entropy.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class PlanCommand final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("playbook", file_, "The playbook")->type_name("PLAYBOOK")->required();
    app.add_option("--at", at_, "When it would be declared; now unless it is given")
        ->type_name("TIME");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const base::Instant at = when(at_, context.clock.now());
    playbook::Playbook playbook = read_playbook(file_).playbook;
    control::need_channels(playbook, control::channels_of(home.settings()));
    const home::Unlocked keys = unlock(context, home);
    seal::Entropy random;
    const incident::Plan plan =
        incident::make_plan(control::rehearsal(home, keys, file_, std::move(playbook),
                                               control::need_roster(home, keys.store), at, random),
                            at, random);
    if (plan.state.rota.revision() > 0 &&
        home::is_utc_by_default(home.settings(), context.clock.now()))
      context.out.note(kUtcTrouble);
    print_plan(context.out, context.form(), plan, at);
    return plan.has_risk() ? Exit::unfilled : Exit::done;
  }

 private:
  std::string file_;
  std::string at_;
};

}  // namespace

std::unique_ptr<Command> make_plan() { return std::make_unique<PlanCommand>(); }

}  // namespace tocsin::cli
