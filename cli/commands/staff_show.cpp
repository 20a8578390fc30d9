// tocsin staff show: shows everything that is known about one person. It is the only command that
// shows contact points, mostly hidden unless --reveal is given.
#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/person.h"
#include "screen/staff/person_view.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class StaffShow final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("person", person_, "Id or name")->required()->type_name("PERSON");
    app.add_flag("--reveal", reveal_, "Show whole telephone numbers and addresses");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const roster::Roster roster = control::need_roster(home, keys.store);
    const roster::Responder& person = person_named(roster, person_);
    const roster::Membership membership = control::read_membership(home, keys.store);
    const roster::Rota rota = control::read_rota(home, keys.store);
    const control::ContactTests tests = control::read_contact_tests(home, keys.store);
    print_person(context.out, context.form(),
                 {person, membership, rota, tests, context.clock.now(),
                  reveal_ ? Addresses::revealed : Addresses::masked});
    return Exit::done;
  }

 private:
  std::string person_;
  bool reveal_ = false;
};

}  // namespace

std::unique_ptr<Command> make_staff_show() { return std::make_unique<StaffShow>(); }

}  // namespace tocsin::cli
