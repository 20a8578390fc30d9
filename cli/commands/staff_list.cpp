// tocsin staff list: lists the people on the roster, and how they can be reached.
#include <fmt/format.h>

#include "base/text.h"
#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "roster/people/selection.h"
#include "screen/staff/person_view.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class StaffList final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--role", wanted_.role, "Only this job role")->type_name("ROLE");
    app.add_option("--skill", wanted_.skills, "Only with this skill; several: with all of them")
        ->type_name("SKILL")
        ->allow_extra_args(false);
    app.add_option("--group", wanted_.staff_group, "Only this staff group")->type_name("GROUP");
    app.add_option("--ward", wanted_.ward, "Only this ward, or area of work")->type_name("WARD");
    app.add_flag("--all", wanted_.with_inactive, "Also those who are not active");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const roster::Roster roster = control::need_roster(home, keys.store);
    const roster::Membership membership = control::read_membership(home, keys.store);
    for (const roster::Unheard& one : roster::unheard(roster, wanted_))
      context.out.note(fmt::format(
          "nobody has the {} \"{}\"{}", one.kind, base::printable(one.word),
          one.nearest.empty() ? "" : fmt::format("; did you mean \"{}\"?", one.nearest)));
    print_people(context.out, context.form(), roster::select(roster, wanted_), membership);
    return Exit::done;
  }

 private:
  roster::Selection wanted_;
};

}  // namespace

std::unique_ptr<Command> make_staff_list() { return std::make_unique<StaffList>(); }

}  // namespace tocsin::cli
